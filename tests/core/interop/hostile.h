// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A Postman collection and environment with a secret in every place that can hold one.

#pragma once

#include <string>

namespace claimcheck::test {

inline const std::string jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJkZW1vLWxpdmUifQ.c2lnbmF0dXJlLWxpdmU";

/// Every place that can hold one; each is "live-…" or the token.
inline const std::string hostile = R"-({"info":{"name":"C","description":"use )-" + jwt + R"-("},
  "auth":{"type":"basic","basic":[{"key":"username","value":"demo"},{"key":"password","value":"live-basic"}]},
  "variable":[{"key":"apiSecret","value":"live-variable"},{"key":"host","value":"http://h"},
    {"key":"quiet","value":"live-typed","type":"secret"}],
  "item":[{"name":"Log in","request":{"method":"POST",
     "url":{"host":["{{host}}"],"path":["login"],
       "query":[{"key":"api_key","value":"live-query"},{"key":"x","value":"y","disabled":true}]},
     "header":[{"key":"Authorization","value":"Bearer live-header"},{"key":"X-Api-Key","value":"live-key"},
       {"key":"Cookie","value":"s=live-cookie"}],
     "body":{"mode":"raw","raw":"{\"username\": \"demo\", \"password\": \"live-body\"}"}},
    "event":[{"listen":"prerequest","script":{"exec":["const password = 'live-script'; go()"]}}],
    "response":[{"name":"ok","code":200,"header":[{"key":"Set-Cookie","value":"s=live-set"}],
       "body":"{\"token\": \")-" + jwt +
                                   R"-(\", \"password\": \"live-example\"}"}]},
   {"name":"Again","request":{"method":"POST","url":"http://u:live-url@h/",
     "body":{"mode":"urlencoded","urlencoded":[{"key":"password","value":"live-body"},
       {"key":"client_secret","value":"live-form"}]},
     "auth":{"type":"oauth2","oauth2":[{"key":"clientSecret","value":"live-client"},
       {"key":"accessTokenUrl","value":"http://t"}]}}}]})-";

inline const std::string environment =
    R"({"name":"local","values":[{"key":"pw","value":"live-environment","type":"secret","enabled":true},
    {"key":"password","value":"live-named","enabled":true},{"key":"user","value":"demo","enabled":true}]})";

} // namespace claimcheck::test
