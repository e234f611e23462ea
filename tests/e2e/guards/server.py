# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The same as express.mjs on FastAPI, with guard.py beside it.

import os
import socket
import sys
import threading

import uvicorn
from fastapi import Depends, FastAPI

from guard import guard

app = FastAPI()


def anybody() -> dict:
    return {"sub": "anybody"}


@app.get("/protected")
def protected(claims: dict = Depends(anybody if sys.argv[1:] == ["open"] else guard)):
    return {"message": "This is a protected route", "user": claims.get("sub")}


def end_with_input():
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end_with_input, daemon=True).start()
listener = socket.create_server(("127.0.0.1", 0))
print("listening", listener.getsockname()[1], flush=True)
uvicorn.Server(uvicorn.Config(app, log_level="critical")).run(sockets=[listener])
