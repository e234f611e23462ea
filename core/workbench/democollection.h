// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The shipped demo collection, unpacked into a temporary folder of ours (0700) that goes with this object.

#pragma once

#include <string>

#include <QtCore/qtemporarydir.h>

#include <base/result.h>

namespace claimcheck::workbench {

class DemoCollection
{
public:
    DemoCollection();

    /// Writes the files; the environment "demo" gets `url` as its baseUrl.
    Result<void> unpack(const std::string& url);
    std::string directory() const;

private:
    QTemporaryDir m_folder;
};

} // namespace claimcheck::workbench
