// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bodies that are made of files: multipart/form-data with its parts, and a file as it is.

#pragma once

#include <string>

#include <QtWidgets/qwidget.h>

class QLineEdit;

namespace claimcheck::ui {

class DetailsForm;

class MultipartPage : public QWidget
{
    Q_OBJECT
public:
    /// The form outlives the page.
    explicit MultipartPage(DetailsForm* form, QWidget* parent = nullptr);

    /// Where files are chosen: the collection's folder; empty without a collection.
    void setDirectory(const std::string& directory) { m_directory = directory; }

private:
    DetailsForm* m_form;
    std::string m_directory;
};

class BodyFilePage : public QWidget
{
    Q_OBJECT
public:
    explicit BodyFilePage(DetailsForm* form, QWidget* parent = nullptr);

    void setDirectory(const std::string& directory) { m_directory = directory; }
    void reload();

private:
    void take();

    DetailsForm* m_form;
    std::string m_directory;
    QLineEdit* m_path;
    QLineEdit* m_type;
};

} // namespace claimcheck::ui
