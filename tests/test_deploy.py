"""The files of deploy/ agree with each other and with the app, and show nobody a port of Dask."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml
from distributed.cli import dask_scheduler, dask_worker

from app.background import playing
from tests.e2e import haproxy
from w2v_core import limits

DEPLOY = Path(__file__).parents[1] / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
PROXY = (DEPLOY / "haproxy.cfg").read_text(encoding="utf-8")
KUBERNETES = {
    (each["kind"], each["metadata"]["name"]): each["spec"]
    for each in yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text(encoding="utf-8"))
    if "spec" in each
}
SERVICES = COMPOSE["services"]
HOSTS = "STREAMLIT_SERVER_ALLOWED_HOSTS"
SERVERS = "app-1", "app-2"


def container(kind, name):
    """Return the one container of a workload of Kubernetes."""
    [only] = KUBERNETES[kind, name]["template"]["spec"]["containers"]
    return only


def commands():
    """Return what starts Dask's processes, by the place where it stands."""
    for name in ("scheduler", "worker"):
        yield f"compose {name}", SERVICES[name]["entrypoint"]
        yield f"kubernetes {name}", container("Deployment", name)["command"]


def test_only_the_proxy_is_published():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    published = [
        name
        for (kind, name), spec in KUBERNETES.items()
        if kind == "Service" and spec.get("type", "ClusterIP") != "ClusterIP"
    ]
    assert published == ["proxy"]


def test_dask_is_in_a_network_of_its_own():
    assert COMPOSE["networks"]["training"]["internal"]
    for name in ("scheduler", "worker"):
        assert SERVICES[name]["networks"] == ["training"]
    assert "training" not in SERVICES["proxy"]["networks"]
    policy = KUBERNETES["NetworkPolicy", "training"]
    [allowed] = policy["ingress"][0]["from"]
    label = allowed["podSelector"]["matchLabels"]
    for (kind, name), spec in KUBERNETES.items():
        if kind in ("Deployment", "StatefulSet"):
            trains = label.items() <= spec["template"]["metadata"]["labels"].items()
            assert trains == (name != "proxy")


def test_all_servers_have_the_same_settings():
    one, two = (SERVICES[name]["environment"] for name in SERVERS)
    kubernetes = {each["name"]: each["value"] for each in container("StatefulSet", "app")["env"]}
    assert one == two
    assert {**one, HOSTS: ""} == {**kubernetes, HOSTS: ""}
    assert all(settings[HOSTS] not in ("", "*") for settings in (one, kubernetes))


def test_limits_are_the_apps():
    settings = SERVICES["app-1"]["environment"]
    assert int(settings["STREAMLIT_SERVER_MAX_UPLOAD_SIZE"]) << 20 == limits.APP_RUN_FILE
    [most] = re.findall(r"req.body_size gt (\d+)", PROXY)
    assert int(most) == limits.APP_RUN_FILE + (1 << 20)  # a form is less than a megabyte more than its file
    assert float(settings["W2V_LEASE_SECONDS"]) == playing.LEASE_SECONDS
    assert int(settings["STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL"]) > playing.LEASE_SECONDS


def test_the_proxy_has_a_line_for_each_server():
    lines = re.findall(r'^ +server (\w+) "\$\{(\w+)-([\w-]+):8501\}" cookie (\w+)$', PROXY, re.M)
    assert [(name, cookie) for name, _, _, cookie in lines] == [("one", "one"), ("two", "two")]
    assert tuple(service for *_, service, _ in lines) == SERVERS
    given = SERVICES["proxy"]["environment"]
    assert [given[variable] for _, variable, _, _ in lines] == [f"{name}:8501" for name in SERVERS]
    assert KUBERNETES["StatefulSet", "app"]["replicas"] == len(lines)


@pytest.mark.parametrize(
    ("place", "command"), list(commands()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_dask_knows_the_options(place, command):
    known = dask_scheduler.main if "scheduler" in place else dask_worker.main
    options = {name for option in known.params for name in (*option.opts, *option.secondary_opts)}
    assert command[:2] == ["dask", place.rpartition(" ")[2]]
    assert {part for part in command if part.startswith("--")} <= options
    assert "--no-dashboard" in command


def test_haproxy_understands_its_file():
    path = haproxy.find()
    if path is None:
        pytest.skip(haproxy.HINT)
    done = subprocess.run([path, "-c", "-f", DEPLOY / "haproxy.cfg"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
