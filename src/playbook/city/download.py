"""Download one public file: checked, resumed, written whole or not at all."""

from __future__ import annotations

import json
import re
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from playbook.errors import PlaybookError

if TYPE_CHECKING:
    import requests

_TRIES = 3
_LONGEST_WAIT = 60
_TIMEOUT = (10, 60)
_PAGE = re.compile(rb"\s*(<!doctype|<html|<\?xml|<head|<body)", re.IGNORECASE)
_BY_HAND = "Or download it in your browser, and add that file with playbook city add."


def download(
    url: str,
    path: Path,
    known_hash: str = "",
    *,
    timeout: tuple[float, float] = _TIMEOUT,
    wait: Callable[[float], None] = time.sleep,
) -> None:
    """Download a file. What came before a break is kept beside it and used the next time.

    Parameters
    ----------
    url
        Address, ``https://`` or ``http://``.
    path
        Where it goes. A file there with the known hash is kept as it is.
    known_hash
        SHA-256 that it must have; empty the first time.
    timeout
        Seconds to wait for a connection, and for the next bytes.
    wait
        Waits that many seconds before another try.

    Raises
    ------
    PlaybookError
        When it can't be reached, is refused, is a web page or no JSON where one is due, or has
        changed since it was first downloaded. Then `path` is as it was.
    """
    try:
        import pooch
        import requests

        # It would print each address, and with it a key.
        pooch.get_logger().setLevel("WARNING")
    except ImportError:
        raise PlaybookError(
            "Downloading needs the library pooch, which is not installed here.",
            fix=f'Type: pip install "learning-lab-playbook[cities]". {_BY_HAND}',
        ) from None
    host = urlsplit(url).hostname or url
    for attempt in range(1, _TRIES + 1):
        last = attempt == _TRIES
        try:
            pooch.retrieve(
                url,
                known_hash or None,
                path.name,
                path.parent,
                downloader=_downloader(path, timeout),
            )
            return
        except requests.HTTPError as error:
            response = cast("requests.Response", error.response)
            pause = _pause(response, attempt)
            if pause is None or last or pause > _LONGEST_WAIT:
                raise _refused(response, host) from None
        except (requests.exceptions.SSLError, requests.exceptions.ProxyError) as error:
            raise _blocked(error, host) from None
        except requests.RequestException as error:
            if last:
                raise _broken(error, host) from None
            pause = attempt
        except ValueError:
            raise PlaybookError(
                f"{path.name} at {host} is not the file that was downloaded before.",
                fix="The publisher may have brought out a new one. To take it, remove "
                f"sources/{path.name}.json and fetch again.",
            ) from None
        except OSError:
            raise PlaybookError(
                f"This computer does not let me write {path.name} in {path.parent}.",
                fix="Check that the disk is not full, and that you may write in that folder.",
            ) from None
        wait(pause)


def _downloader(path: Path, timeout: tuple[float, float]) -> Callable[[str, Any, Any], None]:
    """Make what pooch calls to get a file: it goes on with what an earlier try has left."""
    from pooch import HTTPDownloader

    part = path.with_name(f".{path.name}.part")
    tag = path.with_name(f".{path.name}.tag")

    def get(url: str, output_file: Any, _: Any) -> None:
        begun = part.stat().st_size if part.is_file() else 0
        # Without a tag there is no telling whether the file is still the same.
        known_tag = tag.read_text(encoding="utf-8") if tag.is_file() else ""
        headers = {"User-Agent": "learning-lab-playbook"}
        if begun and known_tag:
            # Bytes of a packed answer could not be joined.
            headers |= {"Range": f"bytes={begun}-", "If-Range": known_tag}
            headers["Accept-Encoding"] = "identity"
        answers: list[requests.Response] = []
        with part.open("ab") as file:

            def look(response: requests.Response, *_: Any, **__: Any) -> None:
                answers.append(response)
                if response.status_code in (200, 416):
                    file.truncate(0)
                if response.status_code in (200, 206, 416):
                    again = response.headers.get("ETag", "") if response.ok else ""
                    tag.write_text(again, encoding="utf-8")

            try:
                HTTPDownloader(
                    progressbar=sys.stderr.isatty(),
                    chunk_size=64 * 1024,
                    timeout=timeout,
                    headers=headers,
                    hooks={"response": look},
                )(url, file, None)
            finally:
                # pooch leaves them open.
                for answer in answers:
                    answer.close()
                if not part.stat().st_size:
                    file.close()
                    _remove(part, tag)
        try:
            _stop_for_wrong_kind(part, path, url)
            shutil.move(part, output_file)
        finally:
            _remove(part, tag)

    return get


def _remove(*paths: Path) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _stop_for_wrong_kind(part: Path, path: Path, url: str) -> None:
    host = urlsplit(url).hostname
    start = part.read_bytes()[:400] if part.is_file() else b""
    if not start.strip():
        raise PlaybookError(
            f"{host} answered with an empty file for {path.name}.",
            fix=f"There may be nothing for this place and year. {_BY_HAND}",
        )
    if _PAGE.match(start):
        raise PlaybookError(
            f"{host} answered with a web page in place of {path.name}. It may be a log-in page.",
            fix=_key_advice(host) or f"Check the address in your browser. {_BY_HAND}",
        )
    is_json = start.lstrip()[:1] in (b"[", b"{")
    if path.suffix.lower() == ".json":
        try:
            json.loads(part.read_bytes())
        except ValueError:
            said = start[:80].decode("utf-8", errors="replace").split("\n")[0]
            raise PlaybookError(
                f'{host} answered with something else in place of {path.name}: "{said}".',
                fix=_key_advice(host) or f"Try again later. {_BY_HAND}",
            ) from None
    elif is_json and path.suffix.lower() == ".csv":
        raise PlaybookError(
            f"{host} answered with a message for programs in place of {path.name}.",
            fix=f"Check that the address ends in .csv. {_BY_HAND}",
        )


def _pause(response: requests.Response, attempt: int) -> float | None:
    """Seconds until another try makes sense; None when it makes none."""
    if response.status_code not in (416, 429, 500, 502, 503, 504):
        return None
    asked = response.headers.get("Retry-After", "")
    return float(asked) if asked.isdigit() else float(attempt)


def _refused(response: requests.Response, host: str) -> PlaybookError:
    code = response.status_code
    if code == 429:
        asked = response.headers.get("Retry-After", "")
        later = f"in {int(asked):,} seconds" if asked.isdigit() else "in an hour"
        return PlaybookError(
            f"{host} says that too many files were asked for (429).",
            fix=f"Try again {later}. {_key_advice(host) or _BY_HAND}",
        )
    if code in (401, 403):
        return PlaybookError(
            f"{host} does not give out this file ({code}).",
            fix=_key_advice(host) or f"Open the address in your browser and sign in. {_BY_HAND}",
        )
    if code in (404, 410):
        return PlaybookError(
            f"{host} has no such file ({code}): for this place or year there may be none.",
            fix="Try another year with --year, or check the address in public_files.toml.",
        )
    return PlaybookError(
        f"{host} can't answer right now ({code}).", fix=f"Try again later. {_BY_HAND}"
    )


def _key_advice(host: str | None) -> str:
    if host != "api.census.gov":
        return ""
    return (
        "The Census Bureau may ask for a key. It is free: api.census.gov/data/key_signup.html. Set "
        "CENSUS_API_KEY to it."
    )


def _blocked(error: requests.RequestException, host: str) -> PlaybookError:
    from requests.exceptions import ProxyError

    if isinstance(error, ProxyError):
        return PlaybookError(
            f"Your network's proxy did not let me through to {host}.",
            fix=f"Ask your IT desk for the proxy's address, and set HTTPS_PROXY to it. {_BY_HAND}",
        )
    return PlaybookError(
        f"I can't trust the certificate of {host}. City networks often put one of their own there.",
        fix="Ask your IT desk for the network's certificate file, and set REQUESTS_CA_BUNDLE to "
        f"its path. {_BY_HAND}",
    )


def _broken(error: requests.RequestException, host: str) -> PlaybookError:
    from requests.exceptions import ChunkedEncodingError, Timeout

    # A break in mid-answer is a ConnectionError when it is the time that ran out.
    if isinstance(error, Timeout) or "timed out" in str(error):
        what = f"{host} did not answer in time. I tried {_TRIES} times."
    elif isinstance(error, ChunkedEncodingError):
        what = f"The download from {host} broke off {_TRIES} times. What came is kept."
    else:
        what = f"I can't reach {host}. I tried {_TRIES} times."
    return PlaybookError(
        what, fix=f"Check your connection and run the same command again. {_BY_HAND}"
    )
