// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <run/outsidevalues.h>

#include <algorithm>

#include <base/secretname.h>
#include <store/secretlike.h>

namespace claimcheck::run {
namespace {

constexpr std::size_t shortestSecret = 10;

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isUrl(std::string_view value)
{
    return value.starts_with("http://") || value.starts_with("https://");
}

bool isPath(std::string_view value)
{
    return value.starts_with('/') || value.starts_with("./") || value.starts_with("../");
}

/// "api.example:8443"
bool isHost(std::string_view value)
{
    const std::size_t colon = value.rfind(':');
    const auto isNamePart = [](char c) { return isLetter(c) || isDigit(c) || c == '.' || c == '-'; };
    return colon != std::string_view::npos && colon + 1 < value.size() &&
           std::ranges::all_of(value.substr(0, colon), isNamePart) &&
           std::ranges::all_of(value.substr(colon + 1), isDigit);
}

} // namespace

bool isPlainValue(std::string_view value)
{
    if (!store::findSecrets(value).empty() || !store::findNamedSecrets(value).empty())
        return false;
    if (isUrl(value) || isPath(value) || isHost(value) || value.size() < shortestSecret)
        return true;
    const bool hasLetter = std::ranges::any_of(value, isLetter);
    const bool hasOther = std::ranges::any_of(
        value, [](char c) { return !isLetter(c) && c != ' ' && c != '-' && c != '_' && c != '.'; });
    return !hasLetter || !hasOther;
}

bool isSecretValue(const variables::Variable& variable)
{
    return oftenNamesSecret(variable.name) || !isPlainValue(variable.value);
}

void addOutsideValues(Redactor& redactor, const std::vector<variables::Variable>& values)
{
    for (const variables::Variable& variable : values)
        if (isSecretValue(variable))
            redactor.add(variable.value);
}

} // namespace claimcheck::run
