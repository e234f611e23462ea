// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the token is expected to say, a field each: whoever fills one in gets one check more.

#pragma once

#include <QtWidgets/qwidget.h>

#include <inspect/inspection.h>

class QCheckBox;
class QGridLayout;
class QLabel;
class QLineEdit;

namespace claimcheck::ui {

class ExpectBox : public QWidget
{
    Q_OBJECT
public:
    explicit ExpectBox(QWidget* parent = nullptr);

    const inspect::Expectations& expectations() const { return m_expectations; }

Q_SIGNALS:
    void changed();

private:
    QLineEdit* addField(QGridLayout* grid, int row, int column, const QString& title, const char* objectName,
                        const QString& hint);
    void read();

    QLineEdit* m_issuer;
    QLineEdit* m_audience;
    QLineEdit* m_type;
    QLineEdit* m_required;
    QLineEdit* m_nonce;
    QLineEdit* m_leeway;
    QLineEdit* m_method;
    QLineEdit* m_url;
    QLineEdit* m_accessToken;
    QCheckBox* m_allowExpired;
    QLabel* m_problem;
    inspect::Expectations m_expectations;
};

} // namespace claimcheck::ui
