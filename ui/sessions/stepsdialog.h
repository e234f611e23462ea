// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The requests and answers of a sign-in, or of a question about a token, one after the other, as text without
// secrets.

#pragma once

#include <QtWidgets/qdialog.h>

#include <archive/record.h>

namespace claimcheck::ui {

/// One after the other, numbered.
QString stepsText(const std::vector<archive::Record>& steps);

class StepsDialog : public QDialog
{
    Q_OBJECT
public:
    /// `preface`: whole lines that stand before the steps.
    StepsDialog(const QString& title, const std::vector<archive::Record>& steps, QWidget* parent = nullptr,
                const QString& preface = {});
};

} // namespace claimcheck::ui
