// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <array>

#include <store/detailsread.h>
#include <store/detailswrite.h>
#include <store/editsteps.h>
#include <store/entryfile.h>
#include <store/valueedit.h>

namespace claimcheck::store {
namespace {

using collection::BodyKind;
using collection::Content;

template <auto read, auto write>
std::optional<YamlOut> asWritten(const YamlValue& item)
{
    return item.isMapping() ? std::optional(write(read(item))) : std::nullopt;
}

std::optional<YamlOut> tagAsWritten(const YamlValue& item)
{
    return YamlOut::ofText(item.text());
}

std::optional<YamlOut> fileAsWritten(const YamlValue& item)
{
    const auto file = readBodyFile(item);
    return file ? std::optional(writeBodyFile(*file)) : std::nullopt;
}

std::optional<YamlOut> fieldAsWritten(const YamlValue& item)
{
    const Row row = readRow(item);
    return row.foreign ? std::nullopt : std::optional(writeRow(row));
}

std::optional<YamlOut> captureAsWritten(const YamlValue& item)
{
    const auto capture = readCapture(item);
    return capture ? std::optional(writeCapture(*capture)) : std::nullopt;
}

std::optional<YamlOut> scriptAsWritten(const YamlValue& item)
{
    const collection::Script script = readScript(item);
    return script.code.empty() ? std::nullopt : std::optional(writeScript(script));
}

void editTags(const EditStep& step)
{
    std::vector<YamlOut> tags;
    for (const std::string& tag : step.wanted.details.tags)
        tags.push_back(YamlOut::ofText(tag));
    if (step.old.details.tags != step.wanted.details.tags)
        editList(step.edit, step.tree, {"info", "tags"}, tagAsWritten, tags);
}

void editParameters(const EditStep& step)
{
    if (step.old.details.parameters != step.wanted.details.parameters)
        editList(step.edit, step.tree, {"http", "params"}, asWritten<readParameter, writeParameter>,
                 writeEach(step.wanted.details.parameters, writeParameter));
}

void editRequestAuth(const EditStep& step)
{
    const auto written = [](const Content& content) {
        return writeAuth(content.entry.auth, content.entry.kept.auth, content.details.credentials);
    };
    const bool same = step.old.entry.auth == step.wanted.entry.auth &&
                      step.old.entry.kept.auth == step.wanted.entry.kept.auth &&
                      step.old.details.credentials == step.wanted.details.credentials;
    if (!same)
        editAuth(step.edit, step.tree, "http", written(step.old), written(step.wanted));
}

enum class Family
{
    None,
    Text,
    Form,
    Multipart,
    File,
    Other
};

Family familyOf(const Content& content)
{
    const std::string& kept = content.entry.kept.body;
    if (content.entry.bodyKind == BodyKind::Form)
        return Family::Form;
    if (content.entry.bodyKind != BodyKind::None)
        return Family::Text;
    return kept.empty()               ? Family::None
           : kept == "multipart-form" ? Family::Multipart
           : kept == "file"           ? Family::File
                                      : Family::Other;
}

bool hasSameBody(const Content& a, const Content& b)
{
    return a.entry.bodyKind == b.entry.bodyKind && a.entry.body == b.entry.body &&
           a.entry.formFields == b.entry.formFields && a.entry.kept.body == b.entry.kept.body &&
           a.details.parts == b.details.parts && a.details.bodyFile == b.details.bodyFile;
}

void editBodyData(const EditStep& step, const YamlValue& body, Family family)
{
    const Content& wanted = step.wanted;
    if (step.old.entry.bodyKind != wanted.entry.bodyKind)
        putText(step.edit, body, "type", YamlOut::ofText(bodyWord(wanted.entry.bodyKind)));
    if (family == Family::Text && step.old.entry.body != wanted.entry.body)
        putText(step.edit, body, "data", YamlOut::ofBlock(wanted.entry.body));
    std::vector<YamlOut> fields;
    for (const collection::Field& field : wanted.entry.formFields)
        fields.push_back(writeRow(rowOf(field)));
    if (family == Family::Form)
        editListIn(step.edit, body, "data", fieldAsWritten, fields);
    if (family == Family::Multipart)
        editListIn(step.edit, body, "data", asWritten<readPart, writePart>,
                   writeEach(wanted.details.parts, writePart));
    if (family == Family::File)
        editListIn(step.edit, body, "data", fileAsWritten,
                   wanted.details.bodyFile ? std::vector{writeBodyFile(*wanted.details.bodyFile)}
                                           : std::vector<YamlOut>());
}

void editBody(const EditStep& step)
{
    if (hasSameBody(step.old, step.wanted))
        return;
    const Family family = familyOf(step.wanted);
    const std::optional<YamlValue> variant = bodyVariant(step.tree.root());
    const std::optional<YamlValue> body = selectedBody(step.tree.root());
    if (family == familyOf(step.old) && body && body->isMapping())
        return editBodyData(step, *body, family);
    const std::optional<YamlOut> written = writeAnyBody(step.wanted);
    if (written && variant)
        step.edit.putIn(*variant, {"body", *written});
    else if (written)
        step.edit.put({"http", "body"}, *written);
    else
        step.edit.erase({"http", "body"});
}

void editScripts(const EditStep& step)
{
    if (step.old.details.scripts != step.wanted.details.scripts)
        editList(step.edit, step.tree, {"runtime", "scripts"}, scriptAsWritten,
                 writeEach(step.wanted.details.scripts, writeScript));
}

void editAssertions(const EditStep& step)
{
    if (step.old.details.assertions != step.wanted.details.assertions)
        editList(step.edit, step.tree, {"runtime", "assertions"}, asWritten<readAssertion, writeAssertion>,
                 writeEach(step.wanted.details.assertions, writeAssertion));
}

void editCaptures(const EditStep& step)
{
    if (step.old.details.captures != step.wanted.details.captures)
        editList(step.edit, step.tree, {"runtime", "actions"}, captureAsWritten,
                 writeEach(step.wanted.details.captures, writeCapture));
}

void editRequestSettings(const EditStep& step)
{
    editSettings(step.edit, step.tree, {"settings"}, step.old.details.settings, step.wanted.details.settings);
}

void editExamples(const EditStep& step)
{
    if (step.old.details.examples != step.wanted.details.examples)
        editList(step.edit, step.tree, {"examples"}, asWritten<readExample, writeExample>,
                 writeEach(step.wanted.details.examples, writeExample));
}

std::optional<YamlValue> valueAt(const YamlTree& tree, const std::vector<std::string>& path)
{
    std::optional<YamlValue> value = tree.root();
    for (const std::string& key : path)
        value = value ? value->find(key) : std::nullopt;
    return value;
}

constexpr std::array<EditFunction, 9> detailSteps{editTags,     editParameters,      editRequestAuth,
                                                  editBody,     editScripts,         editAssertions,
                                                  editCaptures, editRequestSettings, editExamples};

} // namespace

std::span<const EditFunction> detailsSteps()
{
    return detailSteps;
}

void editSettings(YamlEdit& edit, const YamlTree& tree, const std::vector<std::string>& path,
                  const collection::Settings& old, const collection::Settings& wanted)
{
    if (old == wanted)
        return;
    const YamlOut before = writeSettings(old);
    const YamlOut after = writeSettings(wanted);
    const std::optional<YamlValue> present = valueAt(tree, path);
    const bool isThere = present && present->isMapping() && present->size() > 0;
    if (!isThere)
        edit.put(path, after);
    else if (after.pairs.empty() && present->size() == before.pairs.size())
        edit.erase(path);
    else
        editMapping(edit, *present, before, after);
}

void editAuth(YamlEdit& edit, const YamlTree& tree, const std::string& parent,
              const std::optional<YamlOut>& old, const std::optional<YamlOut>& wanted)
{
    const std::optional<YamlValue> present = valueAt(tree, {parent, "auth"});
    const auto isMapping = [](const std::optional<YamlOut>& out) {
        return out && out->kind == YamlOut::Kind::Mapping;
    };
    // The first pair is the type.
    if (present && present->isMapping() && isMapping(old) && isMapping(wanted) &&
        isSame(old->pairs.front().value, wanted->pairs.front().value))
        return editMapping(edit, *present, *old, *wanted);
    if (wanted)
        edit.put({parent, "auth"}, *wanted);
    else if (present)
        edit.erase({parent, "auth"});
}

} // namespace claimcheck::store
