// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Answers that were kept with a request: a list, what each of them says, another name, away with one and
// back.

#pragma once

#include <optional>

#include <QtWidgets/qwidget.h>

#include <collection/details.h>

class QLabel;
class QListWidget;
class QPlainTextEdit;
class QPushButton;

namespace claimcheck::ui {

class DetailsForm;

class ExamplesPage : public QWidget
{
    Q_OBJECT
public:
    /// The form outlives the page.
    explicit ExamplesPage(DetailsForm* form, QWidget* parent = nullptr);

    void reload();
    /// Shows the last one.
    void showNewest();

private:
    void showCurrent();
    void rename();
    void removeCurrent();
    void bringBack();

    DetailsForm* m_form;
    QListWidget* m_list;
    QPlainTextEdit* m_text;
    QLabel* m_none;
    QWidget* m_bar;
    QPushButton* m_back;
    std::optional<std::pair<std::size_t, collection::Example>> m_removed;
    bool m_loading = false;
};

/// As it would stand on the wire, the request above the answer.
QString exampleText(const collection::Example& example);

} // namespace claimcheck::ui
