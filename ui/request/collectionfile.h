// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Files that a request sends or trusts lie in its collection's folder. One that lies elsewhere is copied
// there, once the user has agreed.

#pragma once

#include <optional>
#include <string>

#include <QtCore/qstring.h>

#include <base/result.h>

class QWidget;

namespace claimcheck::ui {

/// What a file of the collection is for.
enum class FileUse
{
    Sent,
    Trusted,    ///< authorities for TLS
    Certificate ///< of the client, or its key
};

/// Asks for a file. Its path relative to `directory`; nothing where the user thought better of it. Without a
/// collection the path is absolute, which no request is sent with.
std::optional<std::string> chooseCollectionFile(QWidget* parent, const std::string& directory,
                                                FileUse use = FileUse::Sent);

/// `file` relative to the folder; nothing where it lies outside, links followed.
std::optional<std::string> pathInCollection(const std::string& directory, const std::string& file);
/// As a file of the collection has the name: with the whole path it is named from the folder on, if it lies
/// in there.
std::string asInCollection(const std::string& directory, const std::string& file);
/// Why a file of that name is not used, and what to do; empty: nothing is wrong with it. A name with a
/// variable is looked at when it is used.
QString problemOfCollectionFile(const std::string& directory, const std::string& file);
/// Copies the file into the folder, under a name that is free. Gives the relative path.
Result<std::string> copyIntoCollection(const std::string& directory, const std::string& file);

} // namespace claimcheck::ui
