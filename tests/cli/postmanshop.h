// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small Postman collection with a token, a secret and a script, and its environment.

#pragma once

namespace claimcheck::test {

inline const char* const shop =
    R"-({"info":{"name":"Shop"},"item":[{"name":"Log in","request":{"method":"POST",
"url":"{{host}}/login","body":{"mode":"raw","raw":"{\"password\": \"hunter2\"}","options":{"raw":{"language":"json"}}}},
"event":[{"listen":"test","script":{"exec":["pm.environment.set('t', pm.response.json().token);","beep();"]}}]},
{"name":"Orders","request":{"url":"{{host}}/orders","auth":{"type":"bearer","bearer":{"token":"{{t}}"}}}}]})-";

inline const char* const local =
    R"({"name":"local","values":[{"key":"host","value":"%"},{"key":"pin","value":"4711","type":"secret"}]})";

} // namespace claimcheck::test
