import pytest

from app.background.cluster.address import processes_of


def test_a_number_is_processes_of_this_machine():
    assert processes_of("2") == 2


@pytest.mark.parametrize(
    "text", ["tcp://127.0.0.1:8786", "tcp://10.1.2.3:8786", "tcp://192.168.0.7:1", "tls://8.8.8.8:8786"]
)
def test_clusters_on_this_machine_in_a_private_network_or_encrypted(text):
    assert processes_of(text) is None


def test_a_host_that_is_not_up_yet_is_looked_for_later():
    assert processes_of("tcp://scheduler.invalid:8786") is None


@pytest.mark.parametrize("text", ["tcp://8.8.8.8:8786", "tcp://[2001:4860:4860::8888]:8786"])
def test_nothing_is_unpickled_from_the_open_internet(text):
    with pytest.raises(ValueError, match="tls://"):
        processes_of(text)


@pytest.mark.parametrize(
    "text", ["", "0", "-1", "two", "²", "9999", "http://127.0.0.1:8786", "tcp://127.0.0.1", "127.0.0.1:8786"]
)
def test_anything_else_is_a_mistake(text):
    with pytest.raises(ValueError, match="W2V_CLUSTER"):
        processes_of(text)
