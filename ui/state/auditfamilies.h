// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The attacks of the catalogue in groups, to choose from. The controls are no group: they are in every audit.

#pragma once

#include <set>
#include <string>
#include <vector>

#include <QtCore/qstring.h>

#include <audit/attack.h>

namespace claimcheck::ui {

struct AuditFamily
{
    const char* id; ///< stable: "unsigned"
    QString title;
    QString does; ///< one sentence
};
/// In the order of the catalogue.
std::vector<AuditFamily> auditFamilies();
/// The id of the attack's family; "" for a control.
std::string familyOf(const audit::Attack& attack);
/// Attacks of these families.
std::vector<const audit::Attack*> attacksIn(const std::set<std::string>& families);

} // namespace claimcheck::ui
