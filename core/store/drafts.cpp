// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// drafts.json, and drafts-2.json … of windows beside the first: what was typed, saved or not. Before anything
// is written, what looks like a secret is cut out.

#include <algorithm>
#include <array>
#include <string_view>

#include <store/entryfile.h>
#include <store/jsonfile.h>
#include <store/newcollection.h>
#include <store/redactdraft.h>
#include <store/settings.h>

namespace claimcheck::store {
namespace {

using collection::AuthMode;
using collection::BodyKind;
using collection::Entry;
using collection::Field;

constexpr std::array<const char*, 6> bodyWords{"none", "json", "text", "xml", "form", "sparql"};
constexpr std::array<const char*, 4> authWords{"inherit", "none", "session-raw", "session-bearer"};

template <typename Enum, std::size_t Count>
Enum fromWord(const std::array<const char*, Count>& words, const std::string& word, Enum fallback)
{
    for (std::size_t i = 0; i < Count; ++i)
        if (word == words[i])
            return static_cast<Enum>(i);
    return fallback;
}

void writeFields(json::Writer& writer, std::string_view name, const std::vector<Field>& fields)
{
    writer.member(name).beginArray();
    for (const Field& field : fields) {
        writer.beginObject().member("name").value(field.name).member("value").value(field.value);
        writer.member("enabled").value(field.enabled).endObject();
    }
    writer.endArray();
}

void writeVariables(json::Writer& writer, const std::vector<variables::Variable>& variables)
{
    writer.member("variables").beginArray();
    for (const variables::Variable& variable : variables) {
        writer.beginObject().member("name").value(variable.name).member("value").value(variable.value);
        writer.member("enabled").value(variable.enabled).member("secret").value(variable.secret).endObject();
    }
    writer.endArray();
}

void writeEntryFields(json::Writer& writer, const Entry& entry)
{
    writer.member("name").value(entry.name).member("sequence").value(entry.sequence);
    writer.member("method").value(entry.method).member("url").value(entry.url);
    writeFields(writer, "headers", entry.headers);
    writer.member("bodyKind").value(bodyWords.at(static_cast<std::size_t>(entry.bodyKind)));
    writer.member("body").value(entry.body);
    writeFields(writer, "formFields", entry.formFields);
    writer.member("auth").value(authWords.at(static_cast<std::size_t>(entry.auth)));
    writeVariables(writer, entry.variables);
    writer.member("docs").value(entry.docs);
    writer.member("kept")
        .beginObject()
        .member("body")
        .value(entry.kept.body)
        .member("auth")
        .value(entry.kept.auth);
    writer.member("others").beginArray();
    for (const std::string& other : entry.kept.others)
        writer.value(other);
    writer.endArray().endObject();
}

std::vector<Field> readFields(const json::Value& object, std::string_view name)
{
    std::vector<Field> fields;
    for (const json::Value& item : itemsIn(object, name))
        fields.push_back({textIn(item, "name"), textIn(item, "value"), flagIn(item, "enabled", true)});
    return fields;
}

Entry readEntryFields(const json::Value& object)
{
    Entry entry;
    entry.name = textIn(object, "name", entry.name);
    entry.sequence = numberIn(object, "sequence", 0);
    entry.method = textIn(object, "method", entry.method);
    entry.url = textIn(object, "url");
    entry.headers = readFields(object, "headers");
    entry.bodyKind = fromWord(bodyWords, textIn(object, "bodyKind"), BodyKind::None);
    entry.body = textIn(object, "body");
    entry.formFields = readFields(object, "formFields");
    entry.auth = fromWord(authWords, textIn(object, "auth"), AuthMode::Inherit);
    for (const json::Value& item : itemsIn(object, "variables"))
        entry.variables.push_back({textIn(item, "name"), textIn(item, "value"), flagIn(item, "enabled", true),
                                   flagIn(item, "secret", false)});
    entry.docs = textIn(object, "docs");
    if (const auto kept = object.find("kept")) {
        entry.kept.body = textIn(*kept, "body");
        entry.kept.auth = textIn(*kept, "auth");
        for (const json::Value& other : itemsIn(*kept, "others"))
            entry.kept.others.push_back(other.string());
    }
    return entry;
}

/// As the file would say it, in its own words.
std::string detailsText(const collection::Details& details)
{
    collection::Item item;
    item.details = details;
    item.entry.auth = AuthMode::None;
    item.entry.kept.auth = details.credentials.type;
    item.entry.kept.body = !details.parts.empty() ? "multipart-form" : details.bodyFile ? "file" : "";
    return writeItem(item);
}

collection::Details readDetailsText(const std::string& text)
{
    const auto tree = parseYaml(text, "drafts.json", {});
    return tree ? readDetails(**tree) : collection::Details();
}

void writeLogin(json::Writer& writer, const LoginDraft& login)
{
    writer.member("login").beginObject().member("url").value(login.url).member("method").value(login.method);
    writer.member("userField").value(login.userField).member("passwordField").value(login.passwordField);
    writer.member("user").value(login.user).member("form").value(login.form);
    writer.member("tokenPath").value(login.tokenPath).endObject();
}

LoginDraft readLogin(const json::Value& object)
{
    LoginDraft login;
    login.url = textIn(object, "url");
    login.method = textIn(object, "method", login.method);
    login.userField = textIn(object, "userField", login.userField);
    login.passwordField = textIn(object, "passwordField", login.passwordField);
    login.user = textIn(object, "user");
    login.form = flagIn(object, "form", false);
    login.tokenPath = textIn(object, "tokenPath");
    return login;
}

/// A file that anybody may have written must not lead out of the collection.
std::string folderInside(const std::string& folder)
{
    if (folder.find('\0') != std::string::npos)
        return {};
    for (std::size_t begin = 0; begin <= folder.size();) {
        const std::size_t end = std::min(folder.find('/', begin), folder.size());
        const std::string_view name = std::string_view(folder).substr(begin, end - begin);
        if (name.empty() || name == "." || name == "..")
            return {};
        begin = end + 1;
    }
    return folder;
}

} // namespace

Result<Drafts> loadDrafts(const std::string& directory, int number)
{
    const auto document = loadJsonFile(directory, numberedName(draftsStem, number) + ".json");
    if (!document)
        return tl::unexpected(document.error());
    Drafts drafts;
    if (!*document)
        return drafts;
    const json::Value root = (*document)->root();
    for (const json::Value& tab : itemsIn(root, "tabs")) {
        const auto entry = tab.find("entry");
        drafts.tabs.push_back({textIn(tab, "collection"), textIn(tab, "path"),
                               entry ? readEntryFields(*entry) : Entry(), flagIn(tab, "redacted", false),
                               textIn(tab, "fingerprint"), flagIn(tab, "edited", true),
                               readDetailsText(textIn(tab, "details")), folderInside(textIn(tab, "folder"))});
    }
    drafts.currentTab = numberIn(root, "currentTab", -1);
    if (const auto login = root.find("login"))
        drafts.login = readLogin(*login);
    return drafts;
}

Result<void> saveDrafts(const std::string& directory, Drafts drafts, int number)
{
    json::Writer writer(json::Layout::Pretty);
    writer.beginObject().member("tabs").beginArray();
    for (Draft& draft : drafts.tabs) {
        redactDraft(draft);
        writer.beginObject().member("collection").value(draft.collection).member("path").value(draft.path);
        writer.member("redacted").value(draft.redacted).member("fingerprint").value(draft.fingerprint);
        writer.member("edited").value(draft.edited).member("folder").value(draft.folder);
        writer.member("entry").beginObject();
        writeEntryFields(writer, draft.entry);
        writer.endObject().member("details").value(detailsText(draft.details)).endObject();
    }
    redactLogin(drafts.login);
    writer.endArray().member("currentTab").value(drafts.currentTab);
    writeLogin(writer, drafts.login);
    writer.endObject();
    return saveJsonFile(directory, numberedName(draftsStem, number) + ".json", writer);
}

} // namespace claimcheck::store
