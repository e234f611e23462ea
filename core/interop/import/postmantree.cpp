// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tree of a Postman collection: folders, requests, what they inherit, their order.

#include <interop/import/postmanvalues.h>

#include <algorithm>

#include <base/text.h>

namespace claimcheck::interop {
namespace {

using collection::AuthMode;
using collection::Folder;
using collection::Item;

/// What holds for everything below a folder.
struct Around
{
    std::string where;
    PostmanEvents events;
    bool isNoAuth = false;     ///< a folder said so, for which OpenCollection has no word
    std::string lostAuth = {}; ///< or had this kind, which could not be carried over
    std::size_t depth = 0;
    std::vector<std::size_t> place = {}; ///< of the folder in the tree, as in MintedAt
};

std::string inside(const std::string& where, const std::string& name)
{
    return where.empty() ? name : where + " / " + name;
}

std::string named(const std::string& where)
{
    return where.empty() ? "the collection" : where;
}

/// What the folders around say comes first.
template <typename Value>
std::vector<Value> joined(std::vector<Value> first, const std::vector<Value>& second)
{
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

class TreeReader
{
public:
    explicit TreeReader(PostmanReading& reading) : m_reading(reading) {}

    /// Everything of a collection or folder but its name.
    Result<void> readInto(const json::Value& value, const Around& around, Folder& folder)
    {
        folder.docs = descriptionOf(value);
        Around below = around;
        applyAuth(value, below, folder);
        const PostmanEvents events = readPostmanEvents(value, named(around.where), m_reading);
        below.events.assertions = joined(below.events.assertions, events.assertions);
        below.events.captures = joined(below.events.captures, events.captures);
        folder.details.scripts = events.scripts;
        const auto items = value.find("item");
        if (items && !items->isArray() && !items->isNull())
            return m_reading.wrong(*items, "`item` is no list");
        std::vector<bool> areFolders;
        for (const json::Value& each : items ? items->items() : std::vector<json::Value>())
            if (auto read = readItem(each, below, folder, areFolders); !read)
                return read;
        keepOrder(folder, areFolders, around.where);
        return {};
    }

private:
    void applyAuth(const json::Value& value, Around& below, Folder& folder)
    {
        PostmanAuth auth = readPostmanAuth(value, named(below.where), m_reading);
        if (auth.mode != AuthMode::Inherit)
            below.lostAuth = std::move(auth.lost);
        folder.auth = auth.mode;
        folder.keptAuth = std::move(auth.kept);
        folder.details.credentials = std::move(auth.credentials);
        if (auth.minted) { // the folder's file has no word for it either
            m_reading.minted.push_back({below.place, std::nullopt, named(below.where), *auth.minted});
            folder.auth = AuthMode::Inherit;
            below.isNoAuth = false;
        } else if (auth.isNone) {
            folder.auth = AuthMode::Inherit;
            below.isNoAuth = true;
        } else if (folder.auth != AuthMode::Inherit) {
            below.isNoAuth = false;
        }
    }

    Result<void> readItem(const json::Value& value, const Around& around, Folder& folder,
                          std::vector<bool>& areFolders)
    {
        if (!value.isObject())
            return m_reading.wrong(value, "an item is no object");
        if (++m_count > m_reading.limits.requests)
            return failure(ErrorKind::TooLarge, "cannot import this Postman file",
                           "it holds more than " + std::to_string(m_reading.limits.requests) + " items",
                           "split it", json::positionOf(m_reading.source, value.offset()));
        const bool isFolder = value.find("item").has_value();
        areFolders.push_back(isFolder);
        return isFolder ? readFolder(value, around, folder) : readRequest(value, around, folder);
    }

    Result<void> readFolder(const json::Value& value, const Around& around, Folder& parent)
    {
        if (around.depth >= m_reading.limits.folders)
            return failure(ErrorKind::TooLarge, "cannot import this Postman file",
                           "folders are nested too deeply", "flatten them in Postman",
                           json::positionOf(m_reading.source, value.offset()));
        Folder folder;
        folder.name = textAt(value, "name");
        if (trimmed(folder.name).empty())
            folder.name = "Folder";
        folder.sequence = static_cast<int>(parent.folders.size()) + 1;
        Around below = around;
        below.where = inside(around.where, folder.name);
        ++below.depth;
        below.place.push_back(parent.folders.size());
        folder.variables = variablesOf(listAt(value, "variable"), below.where, m_reading);
        if (auto read = readInto(value, below, folder); !read)
            return read;
        parent.folders.push_back(std::move(folder));
        return {};
    }

    Result<void> readRequest(const json::Value& value, const Around& around, Folder& folder)
    {
        Item item;
        item.entry.name = textAt(value, "name");
        const auto request = value.find("request");
        if (request && !request->isObject() && !request->isString() && !request->isNull())
            return m_reading.wrong(*request, "`request` is neither an object nor a URL");
        if (request && request->isString())
            item.entry.url = request->string();
        if (trimmed(item.entry.name).empty())
            item.entry.name = "Request";
        const std::string where = inside(around.where, item.entry.name);
        if (request && request->isObject())
            if (auto minted = readParts(*request, where, item))
                m_reading.minted.push_back({around.place, folder.items.size(), where, *std::move(minted)});
        item.entry.docs = joinedDocs(item.entry.docs, descriptionOf(value));
        if (item.entry.auth == AuthMode::Inherit && around.isNoAuth)
            inheritNone(around, where, item);
        readRest(value, request, where, around, item);
        item.entry.sequence = static_cast<int>(folder.items.size()) + 1;
        folder.items.push_back(std::move(item));
        return {};
    }

    void inheritNone(const Around& around, const std::string& where, Item& item)
    {
        item.entry.auth = AuthMode::None;
        if (!around.lostAuth.empty())
            m_reading.leaveOut(where, "inherited authorisation of the kind " + around.lostAuth, sentWithout);
    }

    /// Gives how its token is made, if one is.
    std::optional<collection::MintedToken> readParts(const json::Value& request, const std::string& where,
                                                     Item& item)
    {
        const std::string method = toUpperAscii(trimmed(textAt(request, "method")));
        item.entry.method = method.empty() ? "GET" : method;
        if (const auto url = request.find("url"))
            readPostmanUrl(*url, item);
        item.entry.headers = headersOf(request, "header");
        readPostmanBody(request, where, item, m_reading);
        PostmanAuth auth = readPostmanAuth(request, where, m_reading);
        item.entry.auth = auth.mode;
        item.entry.kept.auth = std::move(auth.kept);
        item.details.credentials = std::move(auth.credentials);
        item.entry.docs = joinedDocs(descriptionOf(request), describedFields(request));
        for (const char* part : {"proxy", "certificate"})
            if (const auto found = request.find(part); found && !found->isNull())
                m_reading.leaveOut(where, part,
                                   "it belongs to the machine that sends: use --proxy or --cert");
        return std::move(auth.minted);
    }

    void readRest(const json::Value& value, const std::optional<json::Value>& request,
                  const std::string& where, const Around& around, Item& item)
    {
        PostmanEvents events = readPostmanEvents(value, where, m_reading);
        // Also inside of the request: newman runs no script there.
        if (request && request->isObject() && request->find("event"))
            m_reading.leaveOut(where, "scripts inside of the request", "Postman does not run them either");
        item.details.assertions = joined(around.events.assertions, events.assertions);
        item.details.captures = joined(around.events.captures, events.captures);
        item.details.scripts = std::move(events.scripts);
        readBehaviour(value, where, item);
        readPostmanExamples(value, where, item, m_reading);
    }

    void readBehaviour(const json::Value& value, const std::string& where, Item& item)
    {
        const auto behaviour = value.find("protocolProfileBehavior");
        for (const json::Member& member : behaviour ? behaviour->members() : std::vector<json::Member>()) {
            if (member.name == "followRedirects" && member.value.isBool())
                item.details.settings.followRedirects = member.value.boolean();
            else if (member.name == "maxRedirects" && member.value.integer())
                item.details.settings.maximumRedirects = std::max<std::int64_t>(0, *member.value.integer());
            else if (member.name != "disableBodyPruning")
                m_reading.leaveOut(where, "the setting " + member.name, noPlace);
        }
    }

    /// Descriptions of headers and parameters, which stand beside their values in Postman.
    static std::string describedFields(const json::Value& request)
    {
        std::string text;
        const auto add = [&text](const std::vector<json::Value>& list) {
            for (const json::Value& each : list)
                if (const std::string why = each.isObject() ? descriptionOf(each) : ""; !why.empty())
                    text += "- `" + textAt(each, "key") + "`: " + why + "\n";
        };
        if (const auto url = request.find("url"); url && url->isObject()) {
            add(listAt(*url, "query"));
            add(listAt(*url, "variable"));
        }
        add(listAt(request, "header"));
        if (const auto body = request.find("body"); body && body->isObject()) {
            add(listAt(*body, "urlencoded"));
            add(listAt(*body, "formdata"));
        }
        return text;
    }

    static std::string joinedDocs(const std::string& first, const std::string& second)
    {
        return first + (first.empty() || second.empty() ? "" : "\n\n") + second;
    }

    /// OpenCollection runs the folders of a folder before its requests, Postman both as they stand. Requests
    /// in front of a folder move into one of their own, so that a login still comes first.
    void keepOrder(Folder& folder, const std::vector<bool>& areFolders, const std::string& where)
    {
        const auto lastFolder = std::find(areFolders.rbegin(), areFolders.rend(), true);
        const auto early = static_cast<std::size_t>(std::count(areFolders.begin(), lastFolder.base(), false));
        if (early == 0)
            return;
        std::vector<Folder> ordered;
        std::size_t nextFolder = 0;
        std::size_t nextItem = 0;
        for (std::size_t i = 0; nextItem < early || nextFolder < folder.folders.size(); ++i) {
            if (areFolders[i]) {
                ordered.push_back(std::move(folder.folders[nextFolder++]));
                continue;
            }
            if (i == 0 || areFolders[i - 1])
                ordered.emplace_back();
            ordered.back().items.push_back(std::move(folder.items[nextItem++]));
        }
        folder.items.erase(folder.items.begin(), folder.items.begin() + static_cast<std::ptrdiff_t>(early));
        folder.folders = std::move(ordered);
        nameWrappers(folder, where);
    }

    void nameWrappers(Folder& folder, const std::string& where)
    {
        int sequence = 0;
        for (Folder& inner : folder.folders) {
            inner.sequence = ++sequence;
            if (!inner.name.empty())
                continue;
            inner.name = inner.items.front().entry.name;
            if (inner.items.size() > 1)
                inner.name += " and " + std::to_string(inner.items.size() - 1) + " more";
            m_reading.leaveOut(
                inside(where, inner.name), "its place in front of a folder",
                "folders run before requests here: it stands in a folder of its own, so that the "
                "order stays");
            int place = 0;
            for (Item& item : inner.items)
                item.entry.sequence = ++place;
        }
        int place = 0;
        for (Item& item : folder.items)
            item.entry.sequence = ++place;
    }

    PostmanReading& m_reading;
    std::size_t m_count = 0;
};

} // namespace

Result<void> readPostmanTree(const json::Value& value, collection::Folder& root, PostmanReading& reading)
{
    TreeReader reader(reading);
    return reader.readInto(value, {}, root);
}

} // namespace claimcheck::interop
