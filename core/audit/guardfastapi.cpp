// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A guard for FastAPI with PyJWT, from 2.6 on. That release reads an exp that is a text, looks at no crit,
// and its PyJWKClient asks the server again for every kid that it does not know: these are done here.

#include "guardtemplate.h"

namespace claimcheck::audit {

static constexpr std::string_view pythonSettings =
    R"py("""Verifies the bearer token of a request (RFC 6750) as RFC 8725 asks for.

Made by claimcheck-cli guard; it is yours to use and to change.
{{#nokid}}

The token that this was made for has no kid. While the key set has more than one key that fits, as it has when keys
change, such tokens are refused: nothing tells which one signed them. Let the issuer set kid.
{{/nokid}}

    pip install fastapi 'pyjwt[crypto]'

    from guard import guard

    @app.get("/protected")
    def protected(claims: dict = Depends(guard)):
        return claims
"""

import base64
{{#remote}}
import json
{{/remote}}
import math
{{#secret}}
import os
{{/secret}}
import re
{{#remote}}
import threading
import time
import urllib.request
{{/remote}}
{{#pem}}
from pathlib import Path
{{/pem}}

import jwt
{{#pem}}
from cryptography.hazmat.primitives.serialization import load_pem_public_key
{{/pem}}
from fastapi import HTTPException, Request

ALGORITHM = {{algorithm}}  # the only one, whatever a token says
{{#issuer}}
ISSUER = {{issuer}}
{{/issuer}}
{{#audience}}
AUDIENCE = {{audience}}
{{/audience}}
{{#type}}
TYPE = {{type}}  # in lower case and without "application/"
{{/type}}
LEEWAY = {{leeway}}  # seconds that clocks may differ

# RFC 6750, section 3: no error is named to who sent no token.
CHALLENGE = 'Bearer realm="api"'
REFUSAL = CHALLENGE + ', error="invalid_token", error_description="The access token is not valid"'

{{#secret}}
_VARIABLE = {{place}}
{{#text}}
_SECRET = os.environ.get(_VARIABLE, "").encode()
{{/text}}
{{#base64}}
_SECRET = base64.b64decode(os.environ.get(_VARIABLE, ""))
{{/base64}}
{{#base64url}}
_SECRET = base64.urlsafe_b64decode(os.environ.get(_VARIABLE, "").rstrip("=") + "==")
{{/base64url}}
{{#hex}}
_SECRET = bytes.fromhex(os.environ.get(_VARIABLE, ""))
{{/hex}}
if len(_SECRET) < {{minimum}}:
    raise RuntimeError(_VARIABLE + " must hold a secret of at least {{minimum}} bytes")


def _key_for(header: dict):
    return _SECRET
{{/secret}}
{{#pem}}
_PUBLIC_KEY = load_pem_public_key(Path({{place}}).read_bytes())


def _key_for(header: dict):
    return _PUBLIC_KEY
{{/pem}}
)py";

static constexpr std::string_view pythonRemote = R"py({{#remote}}

class KeysUnavailable(Exception):
    """The keys could not be asked for, which is no fault of the token."""


def _fetch(url: str) -> dict:
    with urllib.request.urlopen(url, timeout=5) as response:
        return json.loads(response.read(1 << 20))


{{#jwks}}
def _key_url() -> str:
    return {{place}}
{{/jwks}}
{{#discovery}}
def _key_url() -> str:
    """Where the issuer says that its keys are (OpenID Connect Discovery 1.0, section 4)."""
    metadata = _fetch(ISSUER.removesuffix("/") + "/.well-known/openid-configuration")
    if metadata["issuer"] != ISSUER:
        raise ValueError("metadata of another issuer")
    if metadata["jwks_uri"].partition(":")[0] != ISSUER.partition(":")[0]:
        raise ValueError("keys behind another scheme")
    return metadata["jwks_uri"]
{{/discovery}}


class _Keys:
    """Remembers the keys for ten minutes; for an unknown kid asks again every 30 seconds at most."""

    def __init__(self):
        self._lock = threading.Lock()
        self._keys = None
        self._fetched = self._tried = -math.inf

    def _matching(self, kid):
        return [key for key in self._keys or () if kid is None or key.get("kid") == kid]

    def _refresh(self):
        try:
            fetched = _fetch(_key_url())["keys"]
        except Exception as error:
            raise KeysUnavailable() from error
        self._keys = [
            key for key in fetched if key.get("use", "sig") == "sig" and key.get("alg", ALGORITHM) == ALGORITHM
        ]
        self._fetched = time.monotonic()

    def find(self, kid):
        with self._lock:
            now = time.monotonic()
            is_old = now - self._fetched > 600 or not self._matching(kid)
            if is_old and now - self._tried > 30:
                self._tried = now
                self._refresh()
            if self._keys is None:
                raise KeysUnavailable()
            matching = self._matching(kid)
        if len(matching) != 1:
            raise jwt.InvalidKeyError("no key, or more than one")
        return jwt.PyJWK(matching[0], ALGORITHM).key


_KEYS = _Keys()


def _key_for(header: dict):
    return _KEYS.find(header.get("kid"))
{{/remote}}
)py";

static constexpr std::string_view pythonChecks = R"py(

def _is_exact(part: str) -> bool:
    """Written in the one way that its bytes have (RFC 7515, section 2)."""
    decoded = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    return part != "" and base64.urlsafe_b64encode(decoded).rstrip(b"=") == part.encode()


def _is_time(value) -> bool:
    return type(value) in (int, float) and math.isfinite(value)


def _verify(token: str) -> dict:
    parts = token.split(".")
    if len(parts) != 3 or not all(map(_is_exact, parts)):
        raise jwt.DecodeError("no token in compact form")
    header = jwt.get_unverified_header(token)
    if header.get("alg") != ALGORITHM:
        raise jwt.InvalidAlgorithmError("another algorithm")
    if "crit" in header:
        raise jwt.InvalidTokenError("an extension that is not known here")
{{#type}}
    if header["typ"].lower().removeprefix("application/") != TYPE:
        raise jwt.InvalidTokenError("another typ")
{{/type}}
    claims = jwt.decode(
        token,
        _key_for(header),
        algorithms=[ALGORITHM],
{{#issuer}}
        issuer=ISSUER,
{{/issuer}}
{{#audience}}
        audience=AUDIENCE,
{{/audience}}
        leeway=LEEWAY,
        options={"require": ["exp"{{#issuer}}, "iss"{{/issuer}}{{#audience}}, "aud"{{/audience}}]},
    )
    if not all(_is_time(claims[name]) for name in ("exp", "nbf") if name in claims):
        raise jwt.InvalidTokenError("exp or nbf is no time")
{{#issuer}}
    if claims["iss"] != ISSUER:
        raise jwt.InvalidIssuerError("another issuer")
{{/issuer}}
{{^audience}}
    if "aud" in claims:  # RFC 7519, section 4.1.3
        raise jwt.InvalidAudienceError("for an audience, and this server has none")
{{/audience}}
    return claims


def guard(request: Request) -> dict:
    """The claims of the request's token: a dependency of every protected route."""
    fields = request.headers.getlist("authorization")
    match = re.fullmatch(r"Bearer +(\S+)", fields[0], re.IGNORECASE) if len(fields) == 1 else None
    if match is None:
        raise HTTPException(401, "Unauthorized", {"WWW-Authenticate": CHALLENGE})
    try:
        return _verify(match[1])
{{#remote}}
    except KeysUnavailable:
        raise HTTPException(503, "Service Unavailable") from None
{{/remote}}
    except Exception:  # whatever a token brings about, it is refused
        raise HTTPException(401, "Unauthorized", {"WWW-Authenticate": REFUSAL}) from None
)py";

std::string fastApiTemplate()
{
    return std::string(pythonSettings).append(pythonRemote).append(pythonChecks);
}

} // namespace claimcheck::audit
