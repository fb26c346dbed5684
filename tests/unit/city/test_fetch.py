"""Fetching public files: from a server on this computer, as slow and as broken as real ones."""

from __future__ import annotations

import hashlib
import io
import json
import logging
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pooch
import pytest
from typer.testing import CliRunner

from playbook.city import download as downloading
from playbook.city import fetch as fetching
from playbook.city.place_codes import PlaceCodes, by_code, by_name
from playbook.city.tables import load_city
from playbook.cli import app
from playbook.errors import PlaybookError

LIVES = b'"Tract ID","e(0)","se(e(0))","Abridged life table flag"\r\n29510990100,79,1.2,3\r\n'
POVERTY = b'[["GEO_ID","S1701_C03_001E"],["1400000US29510990100","12.5"]]'
PLACES = (
    b"STATE|STATEFP|COUNTYFP|COUNTYNAME|PLACEFP|PLACENS|PLACENAME|TYPE|CLASSFP|FUNCSTAT\n"
    b"MO|29|510|St. Louis city|65000|00767557|St. Louis city|INCORPORATED PLACE|C7|F\n"
    b"MO|29|189|St. Louis County|13600|02393523|Clayton city|INCORPORATED PLACE|C1|A\n"
    b"MO|29|095|Jackson County|38000|02395492|Kansas City city|INCORPORATED PLACE|C1|A\n"
    b"MO|29|047|Clay County|38000|02395492|Kansas City city|INCORPORATED PLACE|C1|A\n"
    b"IL|17|119|Madison County|1|1|St. Louis village|INCORPORATED PLACE|C1|A\n"
)
LONG = b"ward,days\n" + b"".join(b"%d,%d\n" % (row % 9, row) for row in range(40_000))


class Server(ThreadingHTTPServer):
    """What each path answers, and what was asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = {}
        self.asked = []

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        answer = self.server.answers.get(self.path.partition("?")[0])
        if callable(answer):
            answer(self)
        elif answer is None:
            self.reply(404, b"no such file")
        else:
            self.reply(200, answer)

    def reply(self, code: int, body: bytes, length: int | None = None, **headers: str) -> None:
        self.send_response(code)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch, tmp_path):
    """Start a server on this computer; no proxy of the machine stands between."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "CENSUS_API_KEY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path / "my-work"))
    here = Server()
    threading.Thread(target=here.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield here
    here.shutdown()
    here.server_close()


@pytest.fixture
def listed_here(server, monkeypatch):
    """Let the list of public files point to the server here."""
    read = fetching._list()
    texts = json.dumps(read)
    for host in ("ftp.cdc.gov", "data.cdc.gov", "api.census.gov", "www2.census.gov"):
        texts = texts.replace(f"https://{host}", server.url(""))
    monkeypatch.setattr(fetching, "_list", lambda: json.loads(texts))
    return server


def get(server, path, folder, waits=None, timeout=(2, 2)):
    """Download one path; how long the program would have waited goes to `waits`."""
    name = path.partition("?")[0].rsplit("/", 1)[-1]
    record = (waits if waits is not None else []).append
    downloading.download(server.url(path), folder / name, timeout=timeout, wait=record)
    return folder / name


def left_in(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_a_file_comes_whole_with_its_source_date_license_and_hash_beside_it(listed_here, tmp_path):
    path = "/pub/Health_Statistics/NCHS/Datasets/NVSS/USALEEP/CSV/MO_A.CSV"
    listed_here.answers[path] = LIVES
    (one,) = fetching.fetch("29510", ["life_expectancy"], tmp_path / "files")
    assert one.path.read_bytes() == LIVES
    assert one.is_new
    note = json.loads((tmp_path / "files" / "sources" / "MO_A.CSV.json").read_text())
    assert note["sha256"] == hashlib.sha256(LIVES).hexdigest()
    assert note["bytes"] == len(LIVES)
    assert note["url"].endswith(path)
    assert note["publisher"] == "National Center for Health Statistics"
    assert note["license"].startswith("Public domain")
    assert len(note["downloaded"]) == len("2026-01-31")
    assert left_in(tmp_path / "files") == ["MO_A.CSV", "sources"]


def test_a_file_that_is_there_is_not_asked_for_again(listed_here, tmp_path):
    listed_here.answers["/pub/Health_Statistics/NCHS/Datasets/NVSS/USALEEP/CSV/MO_A.CSV"] = LIVES
    fetching.fetch("29", ["life_expectancy"], tmp_path)
    (again,) = fetching.fetch("MO", ["life_expectancy"], tmp_path)
    assert not again.is_new
    assert len(listed_here.asked) == 1


def test_a_file_that_somebody_changed_is_left_alone(listed_here, tmp_path):
    listed_here.answers["/pub/Health_Statistics/NCHS/Datasets/NVSS/USALEEP/CSV/MO_A.CSV"] = LIVES
    (one,) = fetching.fetch("29510", ["life_expectancy"], tmp_path)
    one.path.write_bytes(b"my own work")
    with pytest.raises(PlaybookError, match="changed after it was downloaded"):
        fetching.fetch("29510", ["life_expectancy"], tmp_path)
    assert one.path.read_bytes() == b"my own work"


def test_a_file_nobody_knows_is_never_written_over(listed_here, tmp_path):
    (tmp_path / "MO_A.CSV").write_text("mine")
    with pytest.raises(PlaybookError, match="there already"):
        fetching.fetch("29510", ["life_expectancy"], tmp_path)
    assert (tmp_path / "MO_A.CSV").read_text() == "mine"
    assert not listed_here.asked


def test_a_file_that_the_publisher_changed_is_not_taken_unasked(listed_here, tmp_path):
    path = "/pub/Health_Statistics/NCHS/Datasets/NVSS/USALEEP/CSV/MO_A.CSV"
    listed_here.answers[path] = LIVES
    (one,) = fetching.fetch("29510", ["life_expectancy"], tmp_path)
    one.path.unlink()
    listed_here.answers[path] = LIVES + b"29510990200,60,1.2,3\r\n"
    with pytest.raises(PlaybookError, match="not the file that was downloaded before") as caught:
        fetching.fetch("29510", ["life_expectancy"], tmp_path)
    assert "sources/MO_A.CSV.json" in caught.value.fix
    assert left_in(tmp_path) == ["sources"]
    (tmp_path / "sources" / "MO_A.CSV.json").unlink()
    assert fetching.fetch("29510", ["life_expectancy"], tmp_path)[0].is_new


def test_a_name_is_looked_up_in_the_list_of_places(listed_here, tmp_path):
    listed_here.answers["/geo/docs/reference/codes2020/national_place_by_county2020.txt"] = PLACES
    listed_here.answers["/resource/cwsq-ngmh.csv"] = b"year,locationid\n2023,29510990100\n"
    (one,) = fetching.fetch("St. Louis, MO", ["places_estimates"], tmp_path)
    assert one.path.name == "PLACES_29510.csv"
    asked = listed_here.asked[-1][0]
    assert "countyfips='29510'" in asked.replace("%27", "'")
    assert "%20AND%20" in asked


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("St. Louis, MO", "29510"),
        ("saint louis, Missouri", "29510"),
        ("St. Louis County, MO", "29189"),
        ("Clayton, MO", "29189"),
        ("Jackson, MO", "29095"),
        ("St. Louis, IL", "17119"),
    ],
)
def test_a_city_goes_before_the_county_of_the_same_name(place, code):
    assert by_name(place, PLACES).code == code


def test_a_city_in_several_counties_asks_which():
    with pytest.raises(PlaybookError, match="lies in 2 counties") as caught:
        by_name("Kansas City, MO", PLACES)
    assert "29047 (Clay County) and 29095 (Jackson County)" in caught.value.what


@pytest.mark.parametrize("place", ["Nowhere, MO", "St. Louis", "St. Louis, XX", "", "99510", ","])
def test_a_place_that_is_not_known_says_what_to_type(place):
    with pytest.raises(PlaybookError, match="29510"):
        by_name(place, PLACES) if by_code(place) is None else None


def test_a_list_of_places_in_another_layout_is_no_traceback():
    with pytest.raises(PlaybookError, match="not as I know it"):
        by_name("St. Louis, MO", b"a|b\n1|2\n")


def test_a_slow_server_is_given_up_in_plain_words(server, tmp_path):
    server.answers["/slow.csv"] = lambda handler: time.sleep(0.4)
    waits = []
    with pytest.raises(PlaybookError, match="did not answer in time"):
        get(server, "/slow.csv", tmp_path, waits, timeout=(0.2, 0.1))
    assert waits == [1, 2]
    assert left_in(tmp_path) == []


def cut_off_at(cut, tag='"v1"'):
    """Answer with the first bytes only, and with the rest when it is asked for."""

    def answer(handler):
        start = handler.headers.get("Range", "")
        if start and handler.headers.get("If-Range") == tag:
            begin = int(start.removeprefix("bytes=").removesuffix("-"))
            place = f"bytes {begin}-{len(LONG) - 1}/{len(LONG)}"
            handler.reply(206, LONG[begin:], Content_Range=place, ETag=tag)
        else:
            handler.reply(200, LONG[:cut], length=len(LONG), ETag=tag)
            handler.close_connection = True

    return answer


def test_a_broken_download_goes_on_where_it_stopped(server, tmp_path):
    server.answers["/long.csv"] = cut_off_at(200_000)
    path = get(server, "/long.csv", tmp_path)
    assert path.read_bytes() == LONG
    ranges = [headers.get("Range") for _, headers in server.asked]
    assert ranges[0] is None
    assert int(ranges[1].removeprefix("bytes=").removesuffix("-")) > 100_000
    assert left_in(tmp_path) == ["long.csv"]


def test_a_download_that_never_ends_leaves_no_half_file_under_its_name(server, tmp_path):
    def always_cut(handler):
        handler.reply(200, LONG[:5000], length=len(LONG))
        handler.close_connection = True

    server.answers["/long.csv"] = always_cut
    with pytest.raises(PlaybookError, match="broke off 3 times"):
        get(server, "/long.csv", tmp_path)
    assert "long.csv" not in left_in(tmp_path)
    server.answers["/long.csv"] = LONG
    assert get(server, "/long.csv", tmp_path).read_bytes() == LONG


def test_a_file_that_changed_in_between_is_never_glued_to_the_old_half(server, tmp_path):
    answer = cut_off_at(200_000)

    def first_old_then_new(handler):
        if len(server.asked) == 1:
            answer(handler)
        else:
            handler.reply(200, b"ward,days\n1,2\n", ETag='"v2"')

    server.answers["/long.csv"] = first_old_then_new
    assert get(server, "/long.csv", tmp_path).read_bytes() == b"ward,days\n1,2\n"


def test_a_half_longer_than_the_file_is_thrown_away(server, tmp_path):
    (tmp_path / ".small.csv.part").write_bytes(b"x" * 99)
    (tmp_path / ".small.csv.tag").write_text('"v1"')

    def answer(handler):
        if handler.headers.get("Range"):
            handler.reply(416, b"")
        else:
            handler.reply(200, b"ward\n1\n")

    server.answers["/small.csv"] = answer
    assert get(server, "/small.csv", tmp_path).read_bytes() == b"ward\n1\n"


@pytest.mark.parametrize(("code", "says"), [(403, "does not give out"), (404, "no such file")])
def test_a_refusal_is_told_at_once(server, tmp_path, code, says):
    server.answers["/x.csv"] = lambda handler: handler.reply(code, b"<html>no</html>")
    waits = []
    with pytest.raises(PlaybookError, match=says):
        get(server, "/x.csv", tmp_path, waits)
    assert waits == []
    assert left_in(tmp_path) == []


def test_too_many_requests_waits_as_long_as_it_is_told(server, tmp_path):
    def busy_once(handler):
        if len(server.asked) == 1:
            handler.reply(429, b"", Retry_After="7")
        else:
            handler.reply(200, b"ward\n1\n")

    server.answers["/x.csv"] = busy_once
    waits = []
    assert get(server, "/x.csv", tmp_path, waits).read_bytes() == b"ward\n1\n"
    assert waits == [7]


def test_too_long_a_wait_is_left_to_the_reader(server, tmp_path):
    server.answers["/x.csv"] = lambda handler: handler.reply(429, b"", Retry_After="3600")
    waits = []
    with pytest.raises(PlaybookError, match="too many files") as caught:
        get(server, "/x.csv", tmp_path, waits)
    assert "3,600 seconds" in caught.value.fix
    assert waits == []


def test_a_server_in_trouble_is_tried_three_times(server, tmp_path):
    server.answers["/x.csv"] = lambda handler: handler.reply(503, b"")
    with pytest.raises(PlaybookError, match="can't answer right now"):
        get(server, "/x.csv", tmp_path)
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("path", "body", "says"),
    [
        ("/x.csv", b"\n <!DOCTYPE html><title>Sign in</title>", "log-in page"),
        ("/x.json", b"<html><title>Missing Key</title>", "log-in page"),
        ("/x.json", b"error: unknown variable 'B99'", "something else"),
        ("/x.json", POVERTY[:-9], "something else"),
        ("/x.csv", b'{"error": true, "message": "no such column"}', "message for programs"),
        ("/x.csv", b"", "empty file"),
    ],
)
def test_a_wrong_answer_is_never_kept(server, tmp_path, path, body, says):
    server.answers[path] = body
    with pytest.raises(PlaybookError, match=says):
        get(server, path, tmp_path)
    assert left_in(tmp_path) == []


def test_a_redirect_is_followed(server, tmp_path):
    server.answers["/old.csv"] = lambda handler: handler.reply(302, b"", Location="/new.csv")
    server.answers["/new.csv"] = b"ward\n1\n"
    assert get(server, "/old.csv", tmp_path).read_bytes() == b"ward\n1\n"


def test_a_redirect_to_a_page_is_told_as_one(server, tmp_path):
    server.answers["/old.csv"] = lambda handler: handler.reply(302, b"", Location="/login")
    server.answers["/login"] = b"<html>Sign in</html>"
    with pytest.raises(PlaybookError, match="log-in page"):
        get(server, "/old.csv", tmp_path)


def test_a_proxy_that_does_not_answer_is_explained(server, tmp_path, monkeypatch):
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as gone:
        port = gone.server_port
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{port}")
    with pytest.raises(PlaybookError, match="proxy") as caught:
        downloading.download("http://city.example/x.csv", tmp_path / "x.csv", wait=lambda _: None)
    assert "HTTPS_PROXY" in caught.value.fix


def test_a_certificate_nobody_trusts_is_explained(server, tmp_path):
    url = server.url("/x.csv").replace("http:", "https:")
    with pytest.raises(PlaybookError, match="certificate") as caught:
        downloading.download(url, tmp_path / "x.csv", wait=lambda _: None)
    assert "REQUESTS_CA_BUNDLE" in caught.value.fix


def test_a_server_that_is_not_there_is_explained(server, tmp_path):
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as gone:
        url = f"http://127.0.0.1:{gone.server_port}/x.csv"
    with pytest.raises(PlaybookError, match="can't reach"):
        downloading.download(url, tmp_path / "x.csv", wait=lambda _: None)


def test_the_census_key_is_used_and_written_nowhere(listed_here, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CENSUS_API_KEY", "s3cret-key")
    monkeypatch.setattr(fetching, "urlsplit", _as_the_census)
    shown = io.StringIO()
    pooch.get_logger().addHandler(logging.StreamHandler(shown))
    listed_here.answers["/data/2024/acs/acs5"] = POVERTY
    fetching.fetch("29510", ["population_age"], tmp_path)
    assert "key=s3cret-key" in listed_here.asked[0][0]
    (note,) = (tmp_path / "sources").iterdir()
    assert "s3cret-key" not in note.read_text()
    assert "s3cret-key" not in shown.getvalue() + "".join(capsys.readouterr())


def _as_the_census(url):
    from types import SimpleNamespace

    return SimpleNamespace(hostname="api.census.gov", scheme="http", path=url)


def test_a_city_s_own_file_is_fetched_by_its_address(server, tmp_path):
    server.answers["/resource/311 calls.csv"] = b"opened,closed\n2025-01-01,\n"
    server.answers["/resource/311%20calls.csv"] = b"opened,closed\n2025-01-01,\n"
    (one,) = fetching.fetch("29510", folder=tmp_path, urls=[server.url("/resource/311 calls.csv")])
    assert one.path.name == "127.0.0.1-311-calls.csv"
    assert one.path.parent == tmp_path


@pytest.mark.parametrize("url", ["", "file:///etc/hosts", "ftp://x/y.csv", "data.csv", "http://[x"])
def test_what_is_no_web_address_is_refused(url, tmp_path):
    with pytest.raises(PlaybookError, match="not an address"):
        fetching.fetch("29510", folder=tmp_path, urls=[url])


def test_no_name_of_a_file_leaves_the_folder(server, tmp_path):
    server.answers["/a/%2e%2e%2f.csv"] = b"ward\n1\n"
    for last in ("..%2f..%2fx.csv", "..", ".csv", "a\\b.csv"):
        assert "/" not in fetching._at_address(f"https://city.example/a/{last}").name
        assert not fetching._at_address(f"https://city.example/a/{last}").name.startswith(".")


def test_every_public_file_has_its_source_and_an_address_that_fills():
    files = fetching.files_for(PlaceCodes("29", "510"))
    assert {file.table for file in files} == set(fetching.public_tables())
    assert len([file for file in files if file.table == "population_age_race"]) == 8
    for file in files:
        assert file.url.startswith("https://")
        assert "{" not in file.url + file.name + file.what
        assert file.publisher
        assert file.license
    assert len({file.name for file in files}) == len(files)


@pytest.mark.parametrize(
    ("tables", "year", "says"),
    [(["waits"], 0, "don't know a public file"), ([], 1999, "no five-year survey")],
)
def test_what_can_not_be_fetched_is_said_before_anything_is_asked(tables, year, says):
    with pytest.raises(PlaybookError, match=says):
        fetching.files_for(PlaceCodes("29", "510"), tables, year)


def test_a_whole_state_is_not_enough_for_tracts():
    with pytest.raises(PlaybookError, match="needs a county"):
        fetching.files_for(PlaceCodes("29"), ["acs_profile"])


def test_the_command_says_what_came_and_what_to_do_next(listed_here, tmp_path):
    listed_here.answers["/pub/Health_Statistics/NCHS/Datasets/NVSS/USALEEP/CSV/MO_A.CSV"] = LIVES
    arguments = ["city", "fetch", "29510", "--table", "life_expectancy", "--to", str(tmp_path)]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0
    assert "Downloaded: " in result.output
    assert result.output.splitlines()[-1].startswith("Next: playbook city add ")


def test_the_command_ends_with_plain_words_when_nothing_came(listed_here, tmp_path):
    arguments = ["city", "fetch", "29510", "--table", "life_expectancy", "--to", str(tmp_path)]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 3
    assert "no such file (404)" in result.output
    assert "Traceback" not in result.output


def test_a_note_that_somebody_broke_is_told(listed_here, tmp_path):
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "MO_A.CSV.json").write_text("[]")
    with pytest.raises(PlaybookError, match="can't be read"):
        fetching.fetch("29510", ["life_expectancy"], tmp_path)


def test_what_was_fetched_is_read_with_one_command(listed_here, tmp_path):
    rows = [["GEO_ID", "S1701_C03_001E", "S1701_C03_001M"]]
    rows += [[f"1400000US295109901{at:02d}", str(at), "2"] for at in range(8)]
    listed_here.answers["/pub/Health_Statistics/NCHS/Datasets/NVSS/USALEEP/CSV/MO_A.CSV"] = LIVES
    listed_here.answers["/data/2024/acs/acs5/subject"] = json.dumps(rows).encode()
    listed_here.answers["/data/2024/acs/acs5"] = POVERTY.replace(b"S1701_C03", b"B19013")
    fetching.fetch("29510", ["life_expectancy", "acs_profile"], tmp_path / "files")
    run = CliRunner().invoke
    assert run(app, ["city", "new", "elsewhere"]).exit_code == 0
    result = run(app, ["city", "add", str(tmp_path / "files"), "--city", "elsewhere"])
    assert result.exit_code == 0, result.output
    assert {"acs_profile", "life_expectancy"} <= set(load_city("elsewhere").tables)
