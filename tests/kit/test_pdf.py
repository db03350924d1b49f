"""What the press promises: tagged pages, equal bytes, nothing from outside, a reason for every failure."""

import ast
import base64
import io
import socket
import struct
import threading
import zlib
from pathlib import Path

import pypdf
import pytest

from agency.kit import pdf, words
from agency.kit.pdf import Limits, RenderFailed, failures, fonts, press

HEADER = "<tr><th>№</th><th>Работа</th></tr>"


def page(body: str, style: str = "", head: str = "") -> str:
    return (
        f'<!doctype html><html lang="ru"><head><title>Бриф № 1</title>{head}<style>{style}</style></head>'
        f"<body>{body}</body></html>"
    )


def png(width: int, height: int) -> str:
    """A one-bit picture of any size in a few bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    lines = zlib.compress((b"\0" + b"\0" * ((width + 7) // 8)) * height, 9)
    data = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", lines) + chunk(b"IEND", b"")
    return "data:image/png;base64," + base64.b64encode(data).decode()


def read(rendered: pdf.Rendered) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(rendered.pdf))


@pytest.fixture(scope="module")
def sheet() -> pdf.Rendered:
    rows = "".join(f"<tr><td>{n}</td><td>Работа № {n} — ₽</td></tr>" for n in range(1, 91))
    return pdf.render(
        page(
            f"<h1>Бриф</h1><table><thead>{HEADER}</thead><tbody>{rows}</tbody></table>",
            '@page{@bottom-right{content:counter(page) " / " counter(pages)}} body{font:10pt "Golos Text"}',
        )
    )


def test_a_pdf_is_tagged_and_names_its_language_and_title(sheet):
    catalogue = read(sheet).trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalogue
    assert catalogue["/Lang"] == "ru"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read(sheet).metadata.title == "Бриф № 1"
    assert b"pdfuaid" in catalogue["/Metadata"].get_object().get_data()


def test_every_page_is_numbered_and_headings_repeat(sheet):
    pages = [sheet_page.extract_text() for sheet_page in read(sheet).pages]
    assert len(pages) == sheet.pages > 1
    for number, text in enumerate(pages, start=1):
        assert f"{number} / {sheet.pages}" in text
        assert "Работа" in text.split("Работа №")[0]


def test_only_bundled_fonts_are_used(sheet):
    found = {name.split("+")[-1] for sheet_page in read(sheet).pages for name in base_fonts(sheet_page)}
    assert found
    assert all(name.startswith(("Golos", "Brygada", "DejaVu")) for name in found), found


def base_fonts(sheet_page) -> list[str]:
    return [str(font.get_object()["/BaseFont"]) for font in sheet_page["/Resources"]["/Font"].values()]


def test_the_same_input_gives_the_same_bytes():
    first, second = (pdf.render(page("<p>Одно и то же</p>")) for _ in range(2))
    assert first.pdf == second.pdf


@pytest.mark.parametrize(
    ("body", "head", "reason"),
    [
        ('<img alt="" src="http://127.0.0.1:9/a.png">', "", "outside_asset"),
        ('<img alt="" src="ftp://127.0.0.1/a.png">', "", "outside_asset"),
        ("x", '<link rel="stylesheet" href="file:///etc/passwd">', "outside_asset"),
        ("x", '<link rel="attachment" href="file:///etc/passwd">', "outside_asset"),
        ('<img alt="" src="passwd">', '<base href="file:///etc/">', "outside_asset"),
        ('<img alt="" src="../config.py">', "", "outside_asset"),
        ('<img alt="" src="nothing.png">', "", "missing_asset"),
        ('<img alt="" src="data:image/png;base64,iVBORw0KGgoAAAAA">', "", "picture_unreadable"),
        ('<img alt="" src="data:image/eps;base64,JSFQUy1BZG9iZS0zLjA=">', "", "picture_unreadable"),
    ],
)
def test_what_is_not_our_own_asset_stops_the_drawing(body, head, reason):
    with pytest.raises(RenderFailed) as failure:
        pdf.render(page(body, head=head))
    assert failure.value.reason == reason


def test_no_kind_of_reference_reaches_the_network():
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.settimeout(0.2)
        url = f"http://127.0.0.1:{trap.getsockname()[1]}/x"
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                try:
                    connection, _ = trap.accept()
                except TimeoutError:
                    continue
                heard.append(connection.recv(100))
                connection.close()

        listener = threading.Thread(target=listen)
        listener.start()
        for body, style, head in channels(url):
            assert outcome(page(body, style, head)) in ("drawn", "outside_asset"), body + style + head
        stop.set()
        listener.join()
    assert heard == []


def outcome(html: str) -> str:
    """The reason why a page is not drawn, or "drawn"."""
    try:
        pdf.render(html)
    except RenderFailed as failure:
        return failure.reason
    return "drawn"


def channels(url: str) -> list[tuple[str, str, str]]:
    """Every way we know in which a document may ask for something elsewhere."""
    svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{}</svg>"
    image = svg.format(f"<image href='{url}' width='9' height='9'/>")
    use = svg.format(f"<use href='{url}#a'/>")
    inline = ["<img alt='' src='data:image/svg+xml;base64," + base64.b64encode(s.encode()).decode() + "'>"
              for s in (image, use)]  # fmt: skip
    bodies = [
        f"<img alt='' src='{url}'>", f"<embed src='{url}'>", f"<object data='{url}'></object>", image, use, *inline,
        f"<a rel='attachment' href='{url}'>x</a>", f"<img alt='' srcset='{url} 1x'>", f"<input type=image src='{url}'>",
    ]  # fmt: skip
    styles = [
        f"@import url({url});", f"body{{background:url({url})}}", f"p::before{{content:url({url})}}",
        f"@font-face{{font-family:q;src:url({url})}}body{{font-family:q}}", f"li{{list-style:url({url})}}",
        f"body{{border-image:url({url}) 1}}", f"@page{{background:url({url})}}",
        f"@color-profile --c{{src:url({url})}}",
    ]  # fmt: skip
    heads = [f"<link rel='stylesheet' href='{url}'>", f"<link rel='attachment' href='{url}'>"]
    return (
        [(body, "", "") for body in bodies]
        + [("<p>x</p><ul><li>y</li></ul>", style, "") for style in styles]
        + [("x", "", head) for head in heads]
    )


def test_pictures_come_from_the_staged_folder_alone(tmp_path):
    picture = base64.b64decode(png(20, 20).split(",")[1])
    (tmp_path / "logo.png").write_bytes(picture)
    (tmp_path / "link.png").symlink_to("/etc/passwd")
    drawn = pdf.render(page(f'<img alt="" src="{(tmp_path / "logo.png").as_uri()}">'), assets=[tmp_path])
    assert drawn.pages == 1
    with pytest.raises(RenderFailed, match="outside_asset"):
        pdf.render(page(f'<img alt="" src="{(tmp_path / "link.png").as_uri()}">'), assets=[tmp_path])
    with pytest.raises(RenderFailed, match="outside_asset"):
        pdf.render(page(f'<img alt="" src="{(tmp_path / "logo.png").as_uri()}">'))


def test_a_document_without_title_or_language_is_not_drawn():
    for source in ("<p>x", '<html lang="ru"><p>x', "<title>x</title><p>x"):
        with pytest.raises(RenderFailed, match="untitled"):
            pdf.render(source)


def test_without_fonts_the_press_says_so_and_lives(tmp_path):
    with pytest.raises(RenderFailed, match="missing_fonts"):
        fonts.install(tmp_path / "cache", fonts=tmp_path)


def test_without_pango_the_press_says_what_to_install(monkeypatch):
    import builtins
    import sys

    usual = builtins.__import__

    def refuse(name, *args, **kwargs):
        if name == "agency.kit.pdf" and args and args[2] and "factory" in args[2]:
            raise OSError("cannot load library 'libpango-1.0-0'")
        return usual(name, *args, **kwargs)

    monkeypatch.delitem(sys.modules, "agency.kit.pdf.factory", raising=False)
    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(RenderFailed) as failure:
        press.render(page("x"))
    assert failure.value.reason == "missing_library"
    with words.using("en"):
        assert "libpango-1.0-0" in failure.value.sentence


def test_a_child_that_dies_takes_nobody_along():
    import os
    import signal

    from agency.kit.pdf.confinement import confined

    for number, reason in ((signal.SIGSEGV, "broken"), (signal.SIGKILL, "too_big"), (signal.SIGABRT, "too_big")):
        with pytest.raises(RenderFailed, match=reason):
            confined(lambda number=number: os.kill(os.getpid(), number) or b"", Limits())
    assert confined(lambda: b"alive", Limits()) == b"alive"


def test_a_child_inherits_no_open_file(tmp_path):
    import os

    from agency.kit.pdf.confinement import confined

    with (tmp_path / "secret").open("w") as secret:
        handle = secret.fileno()

        def look() -> bytes:
            try:
                os.fstat(handle)
            except OSError:
                return b"closed"
            return b"open"

        assert confined(look, Limits()) == b"closed"


def test_an_endless_child_ends_at_the_wall():
    import time

    from agency.kit.pdf.confinement import confined

    with pytest.raises(RenderFailed, match="too_slow"):
        confined(lambda: time.sleep(30) or b"", Limits(wall_seconds=0.3))


def test_every_reason_is_a_sentence_in_each_language():
    for language in words.OFFERED:
        with words.using(language):
            for reason in failures.REASONS:
                said = failures.sentence(reason, "7")
                assert len(said) > 30
                assert "%" not in said


def test_weasyprint_objects_are_built_in_one_place():
    root = Path(press.__file__).parents[3]
    builders = {"HTML", "CSS", "Attachment"}
    found = set()
    for path in [*(root / "agency").rglob("*.py"), *(root / "workers").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            name = getattr(called, "id", None) or getattr(called, "attr", None)
            modules = [getattr(node, "module", None)] if isinstance(node, ast.ImportFrom) else []
            modules += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if name in builders or any(module and module.split(".")[0] == "weasyprint" for module in modules):
                found.add(path.relative_to(root).as_posix())
    assert found == {"agency/kit/pdf/factory.py"}
