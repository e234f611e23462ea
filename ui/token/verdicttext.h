// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An inspection in the words of the inspector's banner and lists. Pure; everything that comes from the
// token is made safe to show.

#pragma once

#include <QtCore/qstring.h>

#include <base/time.h>
#include <inspect/inspection.h>
#include <theme/banner.h>
#include <theme/theme.h>

namespace claimcheck::ui {

struct VerdictView
{
    Tone tone = Tone::Neutral;
    QString word;     ///< "Verified", "Signature invalid" …
    QString sentence; ///< the reason, and what the clock says
    QString figure;   ///< the countdown to exp, or empty
};
VerdictView verdictView(const inspect::Inspection& inspection, Instant now);

/// "Expiry" for the check "exp"; a check without such a word keeps its own name.
QString checkTitle(const std::string& name);

/// "passed", "not checked".
QString checkWord(inspect::CheckResult result);
/// "1 failed · 9 passed · 4 not checked".
QString checkSummary(const std::vector<inspect::Check>& checks);

/// "payload" and "exp" of what is found in "payload.exp, byte 57".
struct FindingPlace
{
    std::string part;
    std::string member;
};
FindingPlace placeOf(const inspect::Finding& finding);

struct Mark
{
    QString icon;
    Role role = Role::Muted;
};
Mark markOf(inspect::CheckResult result);
Role roleOf(inspect::Severity severity);
/// "High": the word of a severity as a list shows it.
QString severityWord(inspect::Severity severity);

/// The start of a token: what a JSON object in base64url begins with, and no dot yet.
bool isHalfTyped(const inspect::Inspection& inspection);
/// What is broken; nothing for a token that is only of another kind.
std::vector<jose::Defect> shownDefects(const inspect::Inspection& inspection);

/// "payload, byte 57: …".
QString defectText(const jose::Defect& defect);

/// Text from outside, safe to show, cut after `most` characters.
QString shown(std::string_view text, std::size_t most = 4000);

} // namespace claimcheck::ui
