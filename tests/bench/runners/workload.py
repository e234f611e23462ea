# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The work of runners.py in the format of each runner: `workload.py FOLDER URL COUNT MESSAGE` writes a login and
COUNT requests with its token and three checks each (the status, the type, MESSAGE in the body), and
`workload.py --large FOLDER URL` a collection of ten thousand requests in five hundred folders.

A program of its own, so that the one that measures stays small.
"""

import json
import sys
from pathlib import Path

LOGIN = {"username": "admin", "password": "password"}
TYPE = "application/json"


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def open_head(folder, url):
    write(folder / "opencollection.yml", 'opencollection: "1.0.0"\ninfo:\n  name: bench\n')
    write(folder / "environments/bench.yml", f"name: bench\nvariables:\n  - name: base\n    value: {url}\n")


def open_assertions(*triples):
    return "  assertions:\n" + "".join(
        f'    - expression: "{expression}"\n      operator: {operator}\n      value: "{value}"\n'
        for expression, operator, value in triples)


def open_login():
    return f"""info:
  name: login
  type: http
  seq: 1
http:
  method: POST
  url: "{{{{base}}}}/login"
  body:
    type: json
    data: '{json.dumps(LOGIN)}'
runtime:
  actions:
    - type: set-variable
      phase: after-response
      selector:
        expression: res.body.token
        method: jsonq
      variable:
        name: token
        scope: runtime
""" + open_assertions(("res.status", "eq", "200"))


def open_protected(number, message):
    return f"""info:
  name: protected {number}
  type: http
  seq: {number + 1}
http:
  method: GET
  url: "{{{{base}}}}/protected"
  headers:
    - name: Authorization
      value: "{{{{token}}}}"
runtime:
""" + open_assertions(("res.status", "eq", "200"), ("res.headers['content-type']", "contains", TYPE),
                      ("res.body.message", "eq", message))


def opencollection(folder, url, count, message):
    """For us and for bru."""
    open_head(folder, url)
    write(folder / "login.yml", open_login())
    for number in range(1, count + 1):
        write(folder / f"protected-{number}.yml", open_protected(number, message))


def postman_item(name, request, lines):
    return {"name": name, "request": request,
            "event": [{"listen": "test", "script": {"type": "text/javascript", "exec": lines}}]}


def postman(url, count, message):
    """For newman."""
    login = {"method": "POST", "header": [{"key": "Content-Type", "value": TYPE}], "url": "{{base}}/login",
             "body": {"mode": "raw", "raw": json.dumps(LOGIN)}}
    protected = {"method": "GET", "header": [{"key": "Authorization", "value": "{{token}}"}],
                 "url": "{{base}}/protected"}
    status = "pm.test('status', () => pm.response.to.have.status(200));"
    lines = [status,
             f"pm.test('type', () => pm.expect(pm.response.headers.get('Content-Type')).to.include('{TYPE}'));",
             f"pm.test('message', () => pm.expect(pm.response.json().message).to.eql('{message}'));"]
    items = [postman_item("login", login, [status, "pm.collectionVariables.set('token', pm.response.json().token);"])]
    items += [postman_item(f"protected {number}", protected, lines) for number in range(1, count + 1)]
    schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
    return json.dumps({"info": {"name": "bench", "schema": schema}, "item": items,
                       "variable": [{"key": "base", "value": url}, {"key": "token", "value": ""}]})


def httpyac(url, count, message):
    login = f"###\n# @name login\nPOST {{{{base}}}}/login\nContent-Type: {TYPE}\n\n{json.dumps(LOGIN)}\n\n?? status == 200\n\n"
    protected = ("GET {{base}}/protected\nAuthorization: {{login.token}}\n\n?? status == 200\n"
                 f"?? header content-type includes {TYPE}\n?? js response.parsedBody.message == {message}\n\n")
    return f"@base = {url}\n\n" + login + "".join(
        f"###\n# @name protected_{number}\n{protected}" for number in range(1, count + 1))


def stepci(url, count, message):
    login = f"""      - name: login
        http:
          url: {url}/login
          method: POST
          json:
            username: {LOGIN["username"]}
            password: {LOGIN["password"]}
          captures:
            token:
              jsonpath: $.token
          check:
            status: 200
"""
    protected = f"""        http:
          url: {url}/protected
          method: GET
          headers:
            Authorization: ${{{{captures.token}}}}
          check:
            status: 200
            headers:
              Content-Type: {TYPE}; charset=utf-8
            jsonpath:
              $.message: {message}
"""
    return 'version: "1.1"\nname: bench\ntests:\n  main:\n    steps:\n' + login + "".join(
        f"      - name: protected {number}\n{protected}" for number in range(1, count + 1))


def body_of(number):
    """About a kilobyte."""
    lines = [{"Article": f"A-{number * 7 + line}", "count": 3} for line in range(28)]
    return json.dumps({"id": number, "lines": lines})


def large(folder, url, folders=500, requests=20):
    """One of them, tagged `first`, is the login of the server: the others are there to be read."""
    open_head(folder, url)
    write(folder / "login.yml", open_login().replace("  seq: 1\n", "  seq: 1\n  tags: [first]\n"))
    for number in range(1, folders * requests):
        place = folder / f"folder-{number // requests}"
        write(place / f"request-{number}.yml", f"""info:
  name: Request {number}
  type: http
  seq: {number % requests + 1}
http:
  method: POST
  url: "{{{{base}}}}/v1/customers/{number // requests}/orders"
  body:
    type: json
    data: '{body_of(number)}'
""" + "runtime:\n" + open_assertions(("res.status", "eq", "200")))


def main(arguments):
    if arguments[0] == "--large":
        return large(Path(arguments[1]), arguments[2])
    folder, url, count, message = Path(arguments[0]), arguments[1], int(arguments[2]), arguments[3]
    opencollection(folder / "opencollection", url, count, message)
    write(folder / "postman.json", postman(url, count, message))
    write(folder / "bench.http", httpyac(url, count, message))
    write(folder / "stepci.yml", stepci(url, count, message))
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
