// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The body of a request: which kind, and its text, form fields, parts or file. Text is sent as typed;
// "Format" changes the white space of JSON and nothing else.

#pragma once

#include <QtWidgets/qwidget.h>

#include <state/requestform.h>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;

namespace claimcheck::ui {

class BodyFilePage;
class MultipartPage;

class BodyEditor : public QWidget
{
    Q_OBJECT
public:
    /// The form stays its owner's.
    explicit BodyEditor(RequestForm* form, QWidget* parent = nullptr);

    /// The form holds another entry now.
    void reload();
    void showProblem();
    /// Into the text, with `words` selected where they stand.
    void goTo(const QString& words);
    /// Where files to send are chosen: the collection's folder; empty without a collection.
    void setDirectory(const std::string& directory);

private:
    QWidget* makeBar();
    void formatJson();
    void choose();
    void showKind(collection::BodyKind kind, const std::string& kept);

    RequestForm* m_form;
    QComboBox* m_kind;
    QLabel* m_problem;
    QPushButton* m_format;
    QStackedWidget* m_pages;
    QPlainTextEdit* m_text;
    QLabel* m_none;
    MultipartPage* m_parts;
    BodyFilePage* m_file;
    bool m_loading = false;
};

/// "JSON", "form", "multipart"; the word of the file for a kind that is only kept; empty for none: for the
/// tab.
QString shortWord(const collection::Entry& entry);

} // namespace claimcheck::ui
