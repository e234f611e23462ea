// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/urlvariables.h>

#include <algorithm>

#include <QtCore/qobject.h>

#include <base/text.h>
#include <run/outsidevalues.h>
#include <run/scopes.h>
#include <state/plaintip.h>
#include <variables/dynamic.h>

namespace claimcheck::ui {
namespace {

constexpr std::string_view processPrefix = "process.env.";

/// All that comes from outside of the collection is handled as a secret on its way; what is shown of it goes
/// by the rule of the reports: places, numbers and plain words can be read.
bool isOpenOutside(variables::Variable variable)
{
    if (variable.name.starts_with(processPrefix))
        variable.name.erase(0, processPrefix.size());
    return !run::isSecretValue(variable);
}

void fillUrlVariable(UrlVariable& out, const std::vector<variables::Scope>& nearestFirst,
                     std::string_view name)
{
    for (const variables::Scope& scope : nearestFirst) {
        const std::vector<variables::Scope> alone{scope};
        const variables::Variable* variable = variables::nearestOf(alone, name);
        if (variable == nullptr)
            continue;
        out.isFromOutside = scope.name == run::processScopeName;
        out.isHidden = out.isFromOutside ? !isOpenOutside(*variable) : variable->secret;
        out.value = out.isHidden ? QString() : toQString(variable->value);
        return;
    }
    const std::vector<std::string> made = variables::dynamicNames();
    out.isMadeAnew = std::ranges::find(made, name) != made.end();
    if (out.isMadeAnew)
        out.value = QString();
}

QString whatIsKnown(const UrlVariable& variable)
{
    if (!variable.value)
        return QObject::tr("not defined");
    if (variable.isMadeAnew)
        return QObject::tr("a new value each time that it is sent");
    if (variable.isHidden)
        return variable.isFromOutside
                   ? QObject::tr("a value of the .env file or of the process, which is not shown")
                   : QObject::tr("a secret");
    const QString value = toQString(visible(toUtf8(*variable.value)));
    return variable.isFromOutside ? QObject::tr("%1 (of the .env file or of the process)").arg(value) : value;
}

} // namespace

std::vector<UrlVariable> variablesOf(const QString& url, const std::vector<variables::Scope>& nearestFirst)
{
    std::vector<UrlVariable> found;
    const std::string text = toUtf8(url);
    for (const variables::Reference& reference : variables::references(text)) {
        UrlVariable variable;
        variable.name = toQString(reference.name);
        variable.position = static_cast<int>(toQString(text.substr(0, reference.offset)).size());
        variable.length = static_cast<int>(toQString(text.substr(reference.offset, reference.length)).size());
        fillUrlVariable(variable, nearestFirst, reference.name);
        found.push_back(variable);
    }
    return found;
}

QString tipOf(const UrlVariable& variable)
{
    return plainTip(toQString(visible(toUtf8(variable.name))) + QStringLiteral(" = ") +
                    whatIsKnown(variable));
}

} // namespace claimcheck::ui
