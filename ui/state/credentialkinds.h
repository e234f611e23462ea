// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The kinds of authorisation that a collection file can hold, with the fields of each: what the page of
// credentials is made of.

#pragma once

#include <string_view>
#include <vector>

#include <QtCore/qstringlist.h>

#include <collection/details.h>

namespace claimcheck::ui {

struct CredentialField
{
    std::string name; ///< as in collection::Credentials
    QString title;
    bool isSecret = false;
    QStringList choices = {}; ///< words of the format; empty: any text
};

struct CredentialKind
{
    std::string type;
    QString title;
    std::vector<CredentialField> fields;
};

const std::vector<CredentialKind>& credentialKinds();
/// Nothing: a kind that the format has not.
const CredentialKind* credentialKind(std::string_view type);
/// The fields to be shown for these credentials: those of their kind, then what else is written there.
std::vector<CredentialField> credentialFields(const collection::Credentials& credentials);

} // namespace claimcheck::ui
