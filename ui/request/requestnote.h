// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person has to know about a request before it is sent or saved, and the buttons for what can be done
// about it. Nothing to say: nothing is shown.

#pragma once

#include <QtWidgets/qwidget.h>

#include <theme/banner.h>

class QHBoxLayout;

namespace claimcheck::ui {

struct NoteAction
{
    QString name; ///< what actionChosen tells, and the button's object name
    QString text;

    bool operator==(const NoteAction&) const = default;
};

struct Note
{
    Tone tone = Tone::Warn;
    QString word;
    QString sentence; ///< empty: nothing to say
    QList<NoteAction> actions;

    bool operator==(const Note&) const = default;
};

class RequestNote : public QWidget
{
    Q_OBJECT
public:
    explicit RequestNote(QWidget* parent = nullptr);

    void setNote(const Note& note);
    const Note& note() const { return m_note; }

Q_SIGNALS:
    void actionChosen(const QString& name);

private:
    void makeButtons();

    Note m_note;
    Banner* m_banner;
    QWidget* m_buttons;
    QHBoxLayout* m_row;
};

} // namespace claimcheck::ui
