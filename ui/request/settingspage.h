// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a request is sent, and its tags. What is not said here is as the folder says.

#pragma once

#include <QtWidgets/qwidget.h>

#include <base/result.h>
#include <collection/details.h>
#include <request/connectionplace.h>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace claimcheck::ui {

class ConnectionBox;
class DetailsForm;

/// The fields of collection::Settings; for folders as well.
class SettingsBox : public QWidget
{
    Q_OBJECT
public:
    explicit SettingsBox(QWidget* parent = nullptr);

    void setSettings(const collection::Settings& settings);
    collection::Settings settings() const;
    /// What counts where nothing is said; nothing where that is not known.
    void setAround(const std::optional<ConnectionPlace>& place);

Q_SIGNALS:
    void changed();

private:
    QLineEdit* m_timeout;
    QComboBox* m_follow;
    QLineEdit* m_maximum;
    QComboBox* m_encode;
};

/// Forms below each other look like one: their fields begin at the same place. To be called when they are
/// shown: only then the labels have the font that they are shown in.
void alignLabels(QWidget* around);

class SettingsPage : public QWidget
{
    Q_OBJECT
public:
    explicit SettingsPage(DetailsForm* form, QWidget* parent = nullptr);

    void reload();
    /// How its server is reached, which is written at once; nothing where it has no file yet.
    void setConnection(const std::optional<ConnectionPlace>& place);
    /// What is typed of that is not written, since it is not finished.
    bool hasUnfinishedConnection() const;
    /// Why that could not be written.
    void sayConnectionProblem(const Error& error);

Q_SIGNALS:
    void connectionEdited(const claimcheck::ui::ConnectionEdit& edit);
    /// The client certificate for its host is to be shown, and changed.
    void certificateRequested();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void addConnection(QVBoxLayout* column);

    DetailsForm* m_form;
    SettingsBox* m_box;
    QLineEdit* m_tags;
    ConnectionBox* m_connection;
    QLabel* m_aboutConnection;
    QPushButton* m_certificate;
};

} // namespace claimcheck::ui
