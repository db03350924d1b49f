"""What is read out of a pasted letter without asking anybody."""

import pytest

from agency.flow.requests.guessing import subject


@pytest.mark.parametrize(("letter", "read"), [
    ("Dobrý den. Poptáváme kampaň k otevření 3. dubna u řeky, koncept i grafiku. Rozpočet 175 000 Kč.",
     "Poptáváme kampaň k otevření 3. dubna u řeky, koncept i grafiku"),
    ("Здравствуйте! Запускаем каши 15.02. Нужен плакат и страница, потому что весной откроем ещё два цеха.",
     "Запускаем каши 15.02"),
    ("Нужен сайт", "Нужен сайт"),
])
def test_the_subject_is_the_first_telling_sentence(letter: str, read: str) -> None:
    assert subject(letter, 80) == read
