// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A key ring in the words of its page. Pure; what comes from a key file is made safe to show.

#pragma once

#include <QtCore/qstring.h>

#include <inspect/inspection.h>
#include <state/keylist.h>
#include <token/celltable.h>

namespace claimcheck::ui {

/// One sentence about the ring as a whole; empty where there is nothing to say.
QString ringSentence(const inspect::KeyRing& ring);
/// "RSA 2048-bit public key (SPKI PEM)", its thumbprint and its use.
QString keyDetail(const jose::Key& key, const KeyLine& line);
/// A row of the list: what it is, kid, algorithms, thumbprint.
CellRow keyRow(const KeyLine& line, bool isChosen);

} // namespace claimcheck::ui
