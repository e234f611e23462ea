// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a request is sent, and its tags. What is not said here is as the folder says.

#pragma once

#include <QtWidgets/qwidget.h>

#include <collection/details.h>

class QComboBox;
class QLineEdit;

namespace claimcheck::ui {

class DetailsForm;

/// The fields of collection::Settings; for folders as well.
class SettingsBox : public QWidget
{
    Q_OBJECT
public:
    explicit SettingsBox(QWidget* parent = nullptr);

    void setSettings(const collection::Settings& settings);
    collection::Settings settings() const;

Q_SIGNALS:
    void changed();

private:
    QLineEdit* m_timeout;
    QComboBox* m_follow;
    QLineEdit* m_maximum;
    QComboBox* m_encode;
};

class SettingsPage : public QWidget
{
    Q_OBJECT
public:
    explicit SettingsPage(DetailsForm* form, QWidget* parent = nullptr);

    void reload();

private:
    DetailsForm* m_form;
    SettingsBox* m_box;
    QLineEdit* m_tags;
};

} // namespace claimcheck::ui
