// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The colours of a mood.

#pragma once

#include <state/responseview.h>
#include <theme/theme.h>

namespace claimcheck::ui {

inline Role textRole(Mood mood)
{
    switch (mood) {
    case Mood::Good:
        return Role::Ok;
    case Mood::Caution:
        return Role::Warn;
    case Mood::Bad:
        return Role::Bad;
    case Mood::Neutral:
        break;
    }
    return Role::Info;
}

inline Role fillRole(Mood mood)
{
    switch (mood) {
    case Mood::Good:
        return Role::OkFill;
    case Mood::Caution:
        return Role::WarnFill;
    case Mood::Bad:
        return Role::BadFill;
    case Mood::Neutral:
        break;
    }
    return Role::InfoFill;
}

} // namespace claimcheck::ui
