// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the session adds to a request: as the folder says, nothing, the raw token, or the token as Bearer.

#pragma once

#include <QtWidgets/qwidget.h>

#include <collection/collection.h>

class QButtonGroup;
class QLabel;

namespace claimcheck::ui {

class AuthPage : public QWidget
{
    Q_OBJECT
public:
    explicit AuthPage(QWidget* parent = nullptr);

    void setMode(collection::AuthMode mode);
    /// What "as the folder says" comes to.
    void setInherited(collection::AuthMode mode);
    /// Outside of a collection there is no folder that could say anything.
    void setInheritOffered(bool offered);
    void setCaption(const QString& text);

Q_SIGNALS:
    void modeChosen(claimcheck::collection::AuthMode mode);

private:
    QButtonGroup* m_choices;
    QLabel* m_inherited = nullptr;
    QLabel* m_caption;
};

/// "raw token", "Bearer", "none": for the tab and for what is inherited.
QString shortWord(collection::AuthMode mode);

} // namespace claimcheck::ui
