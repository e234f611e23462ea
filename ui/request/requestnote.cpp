// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/requestnote.h>

#include <QtWidgets/qboxlayout.h>

#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {

RequestNote::RequestNote(QWidget* parent)
    : QWidget(parent), m_banner(new Banner), m_buttons(new QWidget), m_row(new QHBoxLayout(m_buttons))
{
    setObjectName(QStringLiteral("requestNote"));
    m_banner->setStacked(true);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(space::small);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, space::tiny, 0, 0);
    column->setSpacing(space::small);
    column->addWidget(m_banner);
    column->addWidget(m_buttons);
    hide();
}

void RequestNote::setNote(const Note& note)
{
    if (note == m_note)
        return;
    const bool newButtons = note.actions != m_note.actions;
    m_note = note;
    m_banner->say(note.tone, note.word, note.sentence);
    if (newButtons)
        makeButtons();
    setVisible(!note.sentence.isEmpty());
}

void RequestNote::makeButtons()
{
    // A button that was just clicked must outlive its click.
    while (QLayoutItem* item = m_row->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->hide();
            item->widget()->setObjectName({});
            item->widget()->deleteLater();
        }
        delete item;
    }
    for (const NoteAction& action : m_note.actions) {
        QPushButton* button = pushButton(action.text, action.name);
        connect(button, &QPushButton::clicked, this,
                [this, name = action.name] { Q_EMIT actionChosen(name); });
        m_row->addWidget(button);
        button->show();
    }
    m_row->addStretch(1);
    m_buttons->setVisible(!m_note.actions.isEmpty());
}

} // namespace claimcheck::ui
