// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The line under a body: finding in it, copying and saving it, and the form that it is shown in.

#pragma once

#include <set>

#include <QtWidgets/qwidget.h>

class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace claimcheck::ui {

enum class BodyForm
{
    Pretty,
    Raw,
    Hex,
    Picture
};

class BodyBar : public QWidget
{
    Q_OBJECT
public:
    explicit BodyBar(QWidget* parent = nullptr);

    /// What can be chosen now, and what is; says nothing back.
    void setForms(const std::set<BodyForm>& possible, BodyForm current);
    BodyForm form() const;
    QString needle() const;
    /// `count` of them, `more` when the search stopped there.
    void showMatch(std::size_t current, std::size_t count, bool more);
    void focusSearch();

Q_SIGNALS:
    void needleChanged();
    void stepped(int by);
    void copyRequested();
    void saveRequested();
    void formChosen(claimcheck::ui::BodyForm form);

private:
    void makeSearch();

    QLineEdit* m_search;
    QLabel* m_count;
    QToolButton* m_previous;
    QToolButton* m_next;
    QComboBox* m_form;
};

} // namespace claimcheck::ui
