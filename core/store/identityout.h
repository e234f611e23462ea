// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An identity as it is written down, in the order of docs/collections.md. What says no more than its default
// is left out. Private to the module.

#pragma once

#include <collection/identity.h>
#include <store/yamlwrite.h>

namespace claimcheck::store {

YamlOut identityOut(const collection::Identity& identity);

} // namespace claimcheck::store
