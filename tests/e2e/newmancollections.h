// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Postman collections that newman and we run; apart from their test, since moc loses its way in such
// texts.

#pragma once

#include <string>

namespace claimcheck::test {

/// A request with one test; `test` is JavaScript without double quotes.
inline std::string request(const std::string& name, const std::string& target, const std::string& test,
                           const std::string& more = {})
{
    return R"({"name":")" + name + R"(","request":{"method":"GET","url":"{{host}})" + target + R"(")" + more +
           R"(},"event":[{"listen":"test","script":{"exec":["pm.test('t', () => {",")" + test +
           R"(","});"]}}]})";
}

inline std::string collectionOf(const std::string& items)
{
    return R"({"info":{"name":"Shop","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},)"
           R"("auth":{"type":"bearer","bearer":[{"key":"token","value":"{{token}}"}]},)"
           R"("variable":[{"key":"kind","value":"small"}],"item":[)" +
           items + "]}";
}

inline const std::string environment =
    R"({"name":"local","values":[{"key":"user","value":"demo","enabled":true},)"
    R"({"key":"user","value":"off","enabled":false},{"key":"password","value":"p","type":"secret","enabled":true}]})";

inline const std::string login =
    R"-({"name":"Log in","request":{"method":"post","auth":{"type":"noauth"},"url":"{{host}}/login",)-"
    R"-("body":{"mode":"raw","raw":"{\"user\": \"{{user}}\"}","options":{"raw":{"language":"json"}}}},)-"
    R"-("event":[{"listen":"test","script":{"exec":["var jsonData = JSON.parse(responseBody);",)-"
    R"-("postman.setEnvironmentVariable('token', jsonData.data.token);",)-"
    R"-("pm.globals.set('first', jsonData.items[0].n); tests['ok'] = responseCode.code === 200;"]}}]})-";

inline const std::string parts =
    R"({"name":"parts","request":{"method":"GET","url":{"host":["{{host}}"],"path":["secret",":id","{{first}}"],)"
    R"("query":[{"key":"a","value":"x y"},{"key":"b","value":"1&2"},{"key":"off","value":"z","disabled":true},)"
    R"({"key":"{{kind}}","value":null}],"variable":[{"key":"id","value":"7"}]}},)"
    R"("event":[{"listen":"test","script":{"exec":["pm.test('t', () => {",)"
    R"-("pm.expect(pm.response.json().target).to.eql('/secret/7/1?a=x%20y&b=1%262&small')","})"]}}]})-";

} // namespace claimcheck::test
