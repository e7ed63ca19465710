"""A sample corpus's training that sessions share."""

import pytest

from app.samples import samples
from app.screens.lookup import models
from app.screens.lookup.models import SharedTraining
from app.settings import configured, recommended
from w2v_core import Corpus


@pytest.fixture
def shared():
    sample = samples()["royal_court_en"]
    training = SharedTraining(
        Corpus.from_file(sample.path, min_count=1), configured(recommended(sample) | {"epochs": 10_000})
    )
    yield training
    training.run.close()


def test_it_trains_while_somebody_wants_it(shared):
    assert not shared.run.running
    shared.watch("anna")
    thread = shared.run._thread
    shared.watch("bob")
    assert shared.run._thread is thread  # one for both
    assert shared.run.running
    shared.leave("anna")
    assert shared.run.running
    shared.leave("bob")
    assert not shared.run.running
    shared.watch("bob")
    assert shared.run.running


def test_who_is_gone_without_a_word_keeps_nothing_running(shared, monkeypatch):
    monkeypatch.setattr(models, "STILL_THERE_SECONDS", 0)  # the next moment is too late
    shared.watch("anna")
    shared.watch("bob")
    shared.leave("bob")
    assert not shared.run.running


def test_what_is_finished_stays_so():
    sample = samples()["tiny_en"]
    config = configured(recommended(sample) | {"epochs": 1})
    done = SharedTraining(Corpus.from_file(sample.path, min_count=1), config)
    done.watch("anna")
    done.run._thread.join()
    step = done.run.progress.step
    assert done.run.progress.finished
    done.watch("anna")
    assert not done.run.running
    assert done.run.progress.step == step


def test_vectors_are_formed_after_a_tenth_of_what_suits_the_text_however_much_is_asked_for(shared):
    suited = recommended(samples()["royal_court_en"])["epochs"]
    assert shared.run.config.epochs == 10_000 > 100 * suited
    for epochs, formed in ((suited // 20, False), (suited // 10, True)):
        at = models.Model("run", share=epochs / 10_000, run=shared.run, suited_epochs=suited)
        assert at.formed is formed
