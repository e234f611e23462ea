// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the token is expected to say, a field each: whoever fills one in gets one check more.

#pragma once

#include <QtWidgets/qwidget.h>

#include <inspect/inspection.h>
#include <state/expectform.h>

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
    const Terms& terms() const { return m_terms; }

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
    QLineEdit* m_algorithms;
    QLineEdit* m_time;
    QLineEdit* m_payload;
    QCheckBox* m_allowExpired;
    QCheckBox* m_allowWeakKeys;
    QLabel* m_problem;
    inspect::Expectations m_expectations;
    Terms m_terms;
};

} // namespace claimcheck::ui
