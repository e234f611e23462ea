// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The checks of a verification as JSON while they are made: of a batch nobody wants them as values. Private
// to the module.

#pragma once

#include <string>

#include "checks.h"

namespace claimcheck::inspect {

/// Writes each check, compact, behind what is in `out`; with commas between them.
class CheckText final : public CheckSink
{
public:
    explicit CheckText(std::string& out) : m_out(out) {}
    void add(std::string_view name, CheckResult result, std::string_view why) override;

private:
    std::string& m_out;
};

/// writeVerification() of an inspection without checks; theirs is the text of a CheckText.
void writeVerification(json::Writer& writer, const Inspection& inspection, std::string_view checks);

} // namespace claimcheck::inspect
