// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an import made, and everything that it left out.

#pragma once

#include <interop/write.h>

class QWidget;

namespace claimcheck::ui {

/// A window of its own over `parent`, gone when it is closed.
void showImportReport(const interop::Written& written, QWidget* parent);

} // namespace claimcheck::ui
