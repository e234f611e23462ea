// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cuts what looks like a secret out of a draft, field by field, and notes that it did.

#pragma once

#include <store/settings.h>

namespace claimcheck::store {

/// Cuts out the whole value where its name says that it is a secret, else what looks like one inside of it.
bool redactNamed(bool isSecret, std::string& value);
void redactDraft(Draft& draft);
void redactLogin(LoginDraft& login);

} // namespace claimcheck::store
