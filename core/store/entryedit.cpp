// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// At the end the text is read back: what it says must be what was asked for.

#include <algorithm>
#include <array>

#include <base/text.h>
#include <store/detailsread.h>
#include <store/editsteps.h>
#include <store/entryfile.h>
#include <store/opencollection.h>

namespace claimcheck::store {
namespace {

using collection::AuthMode;
using collection::BodyKind;
using collection::Content;
using collection::Entry;

void putAt(const EditStep& step, const char* parent, const char* key, const YamlOut& text)
{
    const std::optional<YamlValue> around = step.tree.root().find(parent);
    if (around && around->isMapping() && around->find(key))
        putText(step.edit, *around, key, text);
    else
        step.edit.put({parent, key}, text);
}

void editName(const EditStep& step)
{
    if (step.old.entry.name != step.wanted.entry.name)
        putAt(step, "info", "name", YamlOut::ofText(step.wanted.entry.name));
}

void editSequence(const EditStep& step)
{
    if (step.old.entry.sequence != step.wanted.entry.sequence)
        putAt(step, "info", "seq", YamlOut::ofWord(std::to_string(step.wanted.entry.sequence)));
}

void editMethod(const EditStep& step)
{
    if (step.old.entry.method != step.wanted.entry.method)
        putAt(step, "http", "method", YamlOut::ofText(step.wanted.entry.method));
}

void editUrl(const EditStep& step)
{
    if (step.old.entry.url != step.wanted.entry.url)
        putAt(step, "http", "url", YamlOut::ofText(step.wanted.entry.url));
}

void editHeaders(const EditStep& step)
{
    if (step.old.entry.headers == step.wanted.entry.headers && step.old.entry.auth == step.wanted.entry.auth)
        return;
    const std::optional<YamlValue> http = step.tree.root().find("http");
    const std::optional<std::size_t> raw = http ? readAccess(*http, AuthMode::None).rawHeader : std::nullopt;
    Rows rows = headerRows(step.wanted.entry, raw);
    // Whoever wrote `{{ token }}` keeps the blanks.
    if (raw && step.wanted.entry.auth == AuthMode::SessionRaw)
        rows[std::min(*raw, rows.size() - 1)] = readRows(*http->find("headers"))[*raw];
    editRows(step.edit, step.tree, {"http", "headers"}, rows);
}

void editVariables(const EditStep& step)
{
    if (step.old.entry.variables != step.wanted.entry.variables)
        editRows(step.edit, step.tree, {"runtime", "variables"}, rowsOf(step.wanted.entry.variables));
}

void editDocs(const EditStep& step)
{
    if (step.old.entry.docs == step.wanted.entry.docs)
        return;
    if (step.wanted.entry.docs.empty())
        step.edit.erase({"docs"});
    else if (step.tree.root().find("docs"))
        putText(step.edit, step.tree.root(), "docs", YamlOut::ofBlock(step.wanted.entry.docs));
    else
        step.edit.put({"docs"}, YamlOut::ofBlock(step.wanted.entry.docs));
}

constexpr std::array<EditFunction, 7> entrySteps{editName,    editSequence,  editMethod, editUrl,
                                                 editHeaders, editVariables, editDocs};

/// An entry alone cannot say what would stand in the place of a body or authorisation that it has no word
/// for.
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

/// Of several bodies one can be changed, but not be taken away.
Result<void> checkVariants(const YamlTree& tree, const Content& wanted)
{
    const bool isNone = wanted.entry.bodyKind == BodyKind::None && wanted.entry.kept.body.empty();
    if (!isNone || !bodyVariant(tree.root()))
        return {};
    return failure(ErrorKind::Refused, "cannot save " + visible(wanted.entry.name),
                   "its file has several bodies to choose from, and none of them is empty",
                   "take them out of the file in a text editor");
}

Result<std::string> applyStep(EditFunction step, std::string text, const Content& old, const Content& wanted)
{
    const auto tree = parseYaml(text, wanted.entry.name, {});
    if (!tree)
        return tl::unexpected(tree.error());
    YamlEdit edit(**tree);
    step({**tree, edit, old, wanted});
    return edit.isEmpty() ? Result<std::string>(std::move(text)) : edit.apply();
}

Result<std::string> applySteps(std::string text, const Content& old, const Content& wanted)
{
    for (const std::span<const EditFunction> steps :
         {std::span<const EditFunction>(entrySteps), detailsSteps()})
        for (const EditFunction step : steps) {
            Result<std::string> next = applyStep(step, std::move(text), old, wanted);
            if (!next)
                return next;
            text = *std::move(next);
        }
    return text;
}

} // namespace

Result<std::string> editContent(std::string_view yaml, const Content& content)
{
    const std::string& name = content.entry.name;
    const auto tree = parseYaml(std::string(yaml), name, {});
    const Result<Content> read = tree ? readContentTree(**tree) : tl::unexpected(tree.error());
    if (!read)
        return tl::unexpected(read.error());
    const Content old = normalised(*read);
    const Content wanted = normalised(content);
    if (old == wanted)
        return std::string(yaml);
    if (const auto writable = checkWritable(wanted); !writable)
        return tl::unexpected(writable.error());
    if (const auto variants = checkVariants(**tree, wanted); !variants)
        return tl::unexpected(variants.error());
    Result<std::string> text = applySteps(std::string(yaml), old, wanted);
    if (!text)
        return text;
    const Result<Content> back = readContent(*text, name, {});
    if (back && normalised(*back) == wanted)
        return text;
    return failure(ErrorKind::Internal, "cannot save " + visible(name),
                   "the file is written in a way that the change would not survive",
                   "change it in a text editor");
}

Result<std::string> editEntry(std::string_view yaml, const Entry& entry)
{
    const Result<Content> read = readContent(yaml, entry.name, {});
    if (!read)
        return tl::unexpected(read.error());
    if (const auto kept = checkKept(read->entry, entry, entry.name); !kept)
        return tl::unexpected(kept.error());
    Content wanted{entry, read->details};
    wanted.entry.kept = read->entry.kept;
    return editContent(yaml, wanted);
}

Result<Entry> readEntry(std::string_view yaml, const std::string& fileName, const StoreLimits& limits)
{
    const auto tree = parseYaml(std::string(yaml), fileName, limits);
    return tree ? readEntryTree(**tree) : tl::unexpected(tree.error());
}

Result<Content> readContent(std::string_view yaml, const std::string& fileName, const StoreLimits& limits)
{
    const auto tree = parseYaml(std::string(yaml), fileName, limits);
    return tree ? readContentTree(**tree) : tl::unexpected(tree.error());
}

} // namespace claimcheck::store
