// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Each field that differs is changed in a step of its own, on a tree read anew, so that no step has to
// know what another one moved. At the end the text is read back: what it says must be what was asked for.

#include <algorithm>
#include <array>

#include <base/text.h>
#include <store/entryfile.h>
#include <store/opencollection.h>

namespace claimcheck::store {
namespace {

using collection::AuthMode;
using collection::BodyKind;
using collection::Entry;

struct Step
{
    const YamlTree& tree;
    YamlEdit& edit;
    const Entry& old;
    const Entry& wanted;
};

void putAt(const Step& step, const char* parent, const char* key, const YamlOut& text)
{
    const std::optional<YamlValue> around = step.tree.root().find(parent);
    if (around && around->isMapping() && around->find(key))
        putText(step.edit, *around, key, text);
    else
        step.edit.put({parent, key}, text);
}

void editName(const Step& step)
{
    if (step.old.name != step.wanted.name)
        putAt(step, "info", "name", YamlOut::ofText(step.wanted.name));
}

void editSequence(const Step& step)
{
    if (step.old.sequence != step.wanted.sequence)
        putAt(step, "info", "seq", YamlOut::ofWord(std::to_string(step.wanted.sequence)));
}

void editMethod(const Step& step)
{
    if (step.old.method != step.wanted.method)
        putAt(step, "http", "method", YamlOut::ofText(step.wanted.method));
}

void editUrl(const Step& step)
{
    if (step.old.url != step.wanted.url)
        putAt(step, "http", "url", YamlOut::ofText(step.wanted.url));
}

void editHeaders(const Step& step)
{
    if (step.old.headers == step.wanted.headers && step.old.auth == step.wanted.auth)
        return;
    const std::optional<YamlValue> http = step.tree.root().find("http");
    const std::optional<std::size_t> raw = http ? readAccess(*http, AuthMode::None).rawHeader : std::nullopt;
    Rows rows = headerRows(step.wanted, raw);
    // Whoever wrote `{{ token }}` keeps the blanks.
    if (raw && step.wanted.auth == AuthMode::SessionRaw)
        rows[std::min(*raw, rows.size() - 1)] = readRows(*http->find("headers"))[*raw];
    editRows(step.edit, step.tree, {"http", "headers"}, rows);
}

/// Runs after editHeaders: the header of SessionRaw is already there or gone.
void editAuth(const Step& step)
{
    const std::optional<YamlValue> http = step.tree.root().find("http");
    const AuthMode wanted = step.wanted.auth;
    if (step.old.auth == wanted)
        return;
    if (const auto auth = writeAuth(wanted))
        step.edit.put({"http", "auth"}, *auth);
    else if (http && http->find("auth"))
        step.edit.erase({"http", "auth"});
}

void editBody(const Step& step)
{
    const bool sameShape =
        (step.old.bodyKind == BodyKind::Form) == (step.wanted.bodyKind == BodyKind::Form) &&
        step.old.bodyKind != BodyKind::None;
    if (step.wanted.bodyKind == BodyKind::None) {
        if (step.old.bodyKind != BodyKind::None)
            step.edit.erase({"http", "body"});
        return;
    }
    if (!sameShape)
        return step.edit.put({"http", "body"}, writeBody(step.wanted));
    const YamlValue body = *step.tree.root().find("http")->find("body");
    if (step.old.bodyKind != step.wanted.bodyKind)
        putText(step.edit, body, "type", YamlOut::ofText(bodyWord(step.wanted.bodyKind)));
    if (step.wanted.bodyKind == BodyKind::Form)
        editRows(step.edit, step.tree, {"http", "body", "data"}, rowsOf(step.wanted.formFields));
    else if (step.old.body != step.wanted.body)
        putText(step.edit, body, "data", YamlOut::ofBlock(step.wanted.body));
}

void editVariables(const Step& step)
{
    if (step.old.variables != step.wanted.variables)
        editRows(step.edit, step.tree, {"runtime", "variables"}, rowsOf(step.wanted.variables));
}

void editDocs(const Step& step)
{
    if (step.old.docs == step.wanted.docs)
        return;
    if (step.wanted.docs.empty())
        step.edit.erase({"docs"});
    else if (step.tree.root().find("docs"))
        putText(step.edit, step.tree.root(), "docs", YamlOut::ofBlock(step.wanted.docs));
    else
        step.edit.put({"docs"}, YamlOut::ofBlock(step.wanted.docs));
}

constexpr std::array steps{editName, editSequence, editMethod,    editUrl, editHeaders,
                           editAuth, editBody,     editVariables, editDocs};

/// A body or authorisation of a kind that we do not know is not written over.
Result<void> checkKept(const Entry& old, const Entry& wanted, const std::string& name)
{
    const bool body = !old.kept.body.empty() && wanted.bodyKind != BodyKind::None;
    const bool auth = !old.kept.auth.empty() && wanted.auth != AuthMode::None;
    if (!body && !auth)
        return {};
    return failure(ErrorKind::Refused, "cannot save " + visible(name),
                   "its file has " +
                       (body ? "a body of the kind " + visible(old.kept.body)
                             : "an authorisation of the kind " + visible(old.kept.auth)) +
                       ", which this version keeps as it is",
                   "save it as a new request instead");
}

Result<std::string> applyStep(void (*step)(const Step&), std::string text, const std::string& name,
                              const Entry& old, const Entry& wanted)
{
    const auto tree = parseYaml(text, name, {});
    if (!tree)
        return tl::unexpected(tree.error());
    YamlEdit edit(**tree);
    step({**tree, edit, old, wanted});
    return edit.isEmpty() ? Result<std::string>(std::move(text)) : edit.apply();
}

} // namespace

Result<std::string> editEntry(std::string_view yaml, const Entry& entry)
{
    const Result<Entry> read = readEntry(yaml, entry.name, {});
    if (!read)
        return tl::unexpected(read.error());
    const Entry wanted = normalised(entry);
    if (normalised(*read) == wanted)
        return std::string(yaml);
    if (const auto writable = checkWritable(wanted); !writable)
        return tl::unexpected(writable.error());
    if (const auto kept = checkKept(*read, wanted, entry.name); !kept)
        return tl::unexpected(kept.error());
    Result<std::string> text = std::string(yaml);
    for (const auto step : steps) {
        text = applyStep(step, *std::move(text), entry.name, *read, wanted);
        if (!text)
            return text;
    }
    const Result<Entry> back = readEntry(*text, entry.name, {});
    if (back && normalised(*back) == wanted)
        return text;
    return failure(ErrorKind::Internal, "cannot save " + visible(entry.name),
                   "the file is written in a way that the change would not survive",
                   "change it in a text editor");
}

Result<Entry> readEntry(std::string_view yaml, const std::string& fileName, const StoreLimits& limits)
{
    const auto tree = parseYaml(std::string(yaml), fileName, limits);
    return tree ? readEntryTree(**tree) : tl::unexpected(tree.error());
}

} // namespace claimcheck::store
