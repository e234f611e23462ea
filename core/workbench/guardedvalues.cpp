// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "guardedvalues.h"

#include <algorithm>

#include <run/release.h>

namespace claimcheck::workbench {

std::vector<Secret> guardedValues(const run::Outside& outside)
{
    const std::vector<run::SecretName> guarded = run::guardedIn(outside);
    std::vector<Secret> values;
    const auto add = [&](const run::SecretName& name, const Secret& value) {
        const bool isGuarded = std::ranges::find(guarded, name) != guarded.end();
        if (isGuarded && !value.isEmpty() && std::ranges::find(values, value) == values.end())
            values.push_back(value);
    };
    for (const run::SecretValue& secret : outside.secrets)
        add({secret.environment, secret.name}, secret.value);
    for (const variables::Variable& variable : outside.process)
        add({"", "process.env." + variable.name}, Secret(variable.value));
    for (const variables::Variable& variable : outside.dotEnv)
        add({"", variable.name}, Secret(variable.value));
    return values;
}

} // namespace claimcheck::workbench
