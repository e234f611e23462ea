// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A request with everything that its file can hold.

#pragma once

#include <collection/collection.h>

namespace claimcheck::test {

inline collection::Item itemWithEverything()
{
    collection::Item item;
    item.entry.name = "Orders/Größe";
    item.entry.sequence = 1;
    item.entry.method = "PUT";
    item.entry.url = "{{host}}/orders/:id?page=2";
    item.entry.headers = {{"Accept", "*/*", true}, {"X-Off", "no", false}};
    item.entry.kept.body = "multipart-form";
    item.entry.auth = collection::AuthMode::None;
    item.entry.kept.auth = "oauth2";
    item.entry.docs = "Two\nlines\n";
    item.entry.variables = {{"id", "7", true, false}};
    item.details.tags = {"smoke"};
    item.details.parameters = {{"page", "2", false, true}, {"id", "{{id}}", true, true}};
    item.details.parts = {{"note", false, {"hi"}, "", true}, {"f", true, {"a.txt", "b.txt"}, "a/b", false}};
    item.details.credentials = {"oauth2",
                                {{"type", "oauth2"},
                                 {"flow", "client_credentials"},
                                 {"credentials.clientId", "me"},
                                 {"credentials.clientSecret", "{{secret}}"},
                                 {"settings.autoFetchToken", "true"},
                                 {"tokenConfig.placement.header", "Authorization"}}};
    item.details.assertions = {{"res.status", "eq", "200", true}, {"res.body", "isJson", {}, false}};
    item.details.captures = {{"res.body.token", "token", true}};
    item.details.scripts = {{"tests", "// one\n// two\n"}};
    item.details.settings = {1500, false, 3, true};
    item.details.examples = {{"Found",
                              "why",
                              "PUT",
                              "http://a/b",
                              {{"Accept", "x"}},
                              "json",
                              "{}",
                              200,
                              "OK",
                              {{"X-A", "1"}, {"X-A", "2"}},
                              "json",
                              "{\"a\": 1}"}};
    return item;
}

} // namespace claimcheck::test
