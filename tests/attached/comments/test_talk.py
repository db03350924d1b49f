"""People talk about a record; what is said inside stays inside."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from agency.attached.comments import operations, queries
from agency.attached.comments.models import Comment
from agency.flow.projects.models import Project
from agency.kit.db import db, unit
from agency.kit.policy import Forbidden
from agency.kit.states import Refused
from tests.cast import Cast
from tests.flow.tasks import factory
from tests.pages import Visitor

As = Callable[[str | None], Visitor]


@pytest.mark.usefixtures("unit")
def test_what_a_client_writes_the_client_may_read_and_nothing_else(cast: Cast) -> None:
    project = factory.project(cast)
    operations.write(project, "Это между нами", cast.actor("vera"))
    operations.write(project, "Когда покажете?", cast.actor("irina"))
    assert [row.words for row in queries.of(project)] == ["Это между нами", "Когда покажете?"]
    assert [row.words for row in queries.of(project, audience="client")] == ["Когда покажете?"]


@pytest.mark.usefixtures("unit")
def test_nobody_talks_where_they_do_not_belong_and_empty_words_are_refused(cast: Cast) -> None:
    project = factory.project(cast)
    with pytest.raises(Forbidden):
        operations.write(project, "Чужой", cast.actor("stranger"))
    for words in ("  ", "а" * 5000):
        with pytest.raises(Refused) as refused:
            operations.write(project, words, cast.actor("vera"))
        assert refused.value.field == "words"


def test_a_remark_comes_back_as_the_talk_alone_when_a_part_is_asked_for(as_: As, app: Flask, cast: Cast) -> None:
    with app.app_context(), unit():
        id = factory.task(cast, "in_progress").id
    maria, part = as_("copywriter"), {"HX-Request": "true"}
    answer = maria.post(f"/comments/task/{id}", {"talk-words": "Жду фото"}, status=200, headers=part)
    assert "Жду фото" in answer.text
    assert "<html" not in answer.text
    refused = maria.post(f"/comments/task/{id}", {"talk-words": " "}, status=422, headers=part)
    assert "Сначала напишите" in refused.text
    maria.post(f"/comments/task/{id}", {"talk-words": " ", "talk-back": f"/tasks/{id}"}, status=422)
    gone = maria.post(f"/comments/task/{id}", {"talk-words": "Ещё", "talk-back": "//evil.example"})
    assert "evil" not in gone.headers["Location"]
    as_("seo").post(f"/comments/task/{id}", {"talk-words": "Чужое"}, status=404)
    maria.post(f"/comments/person/{id}", {"talk-words": "Не о чем"}, status=404)


@pytest.mark.usefixtures("unit")
@pytest.mark.on_both
def test_a_client_waits_from_the_first_words_that_nobody_of_ours_has_answered(cast: Cast) -> None:
    project, silent = factory.project(cast), factory.project(cast, name="Тишина")

    def waiting() -> list[str]:
        asked = queries.unanswered(Project.KIND, Project.id)
        rows = select(Comment.words).select_from(Project).join(Comment, Comment.id == asked)
        return list(db.session.scalars(rows.order_by(Comment.id)))

    vera, irina = cast.actor("vera"), cast.actor("irina")
    operations.write(project, "Скоро покажем", vera, "client")
    operations.write(silent, "Между нами", vera)
    assert waiting() == []
    operations.write(project, "Когда покажете?", irina)
    operations.write(project, "И сколько будет вариантов?", irina)
    operations.write(project, "Надо ответить", vera)
    assert waiting() == ["Когда покажете?"]
    operations.write(project, "Во вторник, три", vera, "client")
    assert waiting() == []
    operations.write(project, "А в пятницу?", irina)
    assert waiting() == ["А в пятницу?"]
