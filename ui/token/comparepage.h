// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two tokens claim by claim: the one at hand, and another that is pasted here.

#pragma once

#include <QtWidgets/qwidget.h>

#include <base/latestjob.h>
#include <inspect/diff.h>
#include <token/celltable.h>
#include <token/tokenedit.h>

class QCheckBox;
class QLabel;

namespace claimcheck::ui {

class ComparePage : public QWidget
{
    Q_OBJECT
public:
    explicit ComparePage(QWidget* parent = nullptr);

    /// The token at hand.
    void setToken(const jose::Jws& token);
    void setOther(const QString& token);

private:
    struct Comparison
    {
        jose::Jws other;
        std::vector<inspect::TokenDifference> differences;
    };
    static Comparison compare(const jose::Jws& token, const std::string& other);

    QWidget* makeHead();
    QWidget* makeSummary();
    void compareAnew();
    void show(const Comparison& comparison);
    void showRows();

    jose::Jws m_token;
    std::vector<inspect::TokenDifference> m_differences;
    LatestJob<Comparison> m_job;
    TokenEdit* m_other;
    QLabel* m_summary;
    QCheckBox* m_showSame;
    CellTable* m_table;
};

} // namespace claimcheck::ui
