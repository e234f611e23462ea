// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Saving changes each field that differs in a step of its own, on a tree read anew, so that no step has to
// know what another one moved.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include <collection/content.h>
#include <store/yamledit.h>

namespace claimcheck::store {

struct EditStep
{
    const YamlTree& tree;
    YamlEdit& edit;
    const collection::Content& old;
    const collection::Content& wanted;
};
using EditFunction = void (*)(const EditStep&);

/// Those of what stands in Details, body and authorisation with it.
std::span<const EditFunction> detailsSteps();

/// `settings` at that path.
void editSettings(YamlEdit& edit, const YamlTree& tree, const std::vector<std::string>& path,
                  const collection::Settings& old, const collection::Settings& wanted);
/// `auth` in the mapping under `parent`; of the same type field by field.
void editAuth(YamlEdit& edit, const YamlTree& tree, const std::string& parent,
              const std::optional<YamlOut>& old, const std::optional<YamlOut>& wanted);

} // namespace claimcheck::store
