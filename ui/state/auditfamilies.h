// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The attacks of the catalogue in groups, to choose from. The controls are no group: they are in every audit.

#pragma once

#include <set>
#include <vector>

#include <QtCore/qstring.h>

#include <audit/attack.h>

namespace claimcheck::ui {

struct AuditFamily
{
    audit::Family family;
    QString title;
    QString does; ///< one sentence
};
/// In the order of the catalogue.
std::vector<AuditFamily> auditFamilies();
/// Attacks of these families.
std::vector<const audit::Attack*> attacksIn(const std::set<audit::Family>& families);

} // namespace claimcheck::ui
