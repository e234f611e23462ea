// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parts of a request file that make up Details, item by item: what saving compares with what is wanted.

#pragma once

#include <optional>

#include <collection/collection.h>
#include <store/yamltree.h>

namespace claimcheck::store {

/// `http.body`, or of several variants the selected one's: {type, data}.
std::optional<YamlValue> selectedBody(const YamlValue& root);
/// The variant that is selected, {title, selected, body}; nothing where there is one body only, or none.
std::optional<YamlValue> bodyVariant(const YamlValue& root);

collection::Parameter readParameter(const YamlValue& item);
collection::Part readPart(const YamlValue& item);
/// Nothing for one that is not selected.
std::optional<collection::BodyFile> readBodyFile(const YamlValue& item);
collection::Assertion readAssertion(const YamlValue& item);
/// Nothing for an action that is no capture: as Bruno has it, those that say `phase: after-response` alone
/// are.
std::optional<collection::Capture> readCapture(const YamlValue& item);
collection::Script readScript(const YamlValue& item);
collection::Example readExample(const YamlValue& item);

} // namespace claimcheck::store
