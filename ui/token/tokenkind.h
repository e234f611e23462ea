// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What kind of token it is, in a sentence or two, where that says more than "a JWT".

#pragma once

#include <QtCore/qstring.h>

#include <inspect/inspection.h>

namespace claimcheck::ui {

/// "A DPoP proof (RFC 9449): …"; empty for an ordinary token.
QString kindSentence(const inspect::Inspection& inspection);

} // namespace claimcheck::ui
