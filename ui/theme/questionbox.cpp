// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <theme/questionbox.h>

#include <algorithm>

#include <QtWidgets/qlabel.h>
#include <QtWidgets/qpushbutton.h>

#include <theme/widgets.h>

namespace claimcheck::ui {

QuestionBox::QuestionBox(const QString& objectName, const QString& what, QWidget* parent)
    : QMessageBox(parent)
{
    setObjectName(objectName);
    setWindowTitle(QStringLiteral("Claimcheck"));
    setTextFormat(Qt::PlainText);
    setText(what);
    connect(this, &QDialog::finished, this, &QuestionBox::answer);
}

void QuestionBox::explain(const QString& more)
{
    setInformativeText(more);
    // Its label guesses: what names a file, a variable or a server would be taken for markup.
    for (QLabel* label : findChildren<QLabel*>())
        label->setTextFormat(Qt::PlainText);
}

QPushButton* QuestionBox::offer(const QString& verb, std::function<void()> deed)
{
    QPushButton* button = addButton(asLabel(verb), AcceptRole);
    m_deeds.emplace_back(button, std::move(deed));
    m_default = m_default == nullptr ? button : m_default;
    return button;
}

QPushButton* QuestionBox::offerLoss(const QString& verb, std::function<void()> deed)
{
    QPushButton* button = addButton(asLabel(verb), DestructiveRole);
    m_deeds.emplace_back(button, std::move(deed));
    return button;
}

void QuestionBox::setSafeAnswer(const QString& verb)
{
    QPushButton* keep = addButton(asLabel(verb), RejectRole);
    keep->setObjectName(QStringLiteral("safeAnswer"));
    setEscapeButton(keep);
    QPushButton* const first = m_default == nullptr ? keep : m_default;
    setDefaultButton(first);
    setKind(first, "primary");
}

void QuestionBox::ask(const QString& keep)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setSafeAnswer(keep);
    open();
}

void QuestionBox::askAndWait(const QString& keep)
{
    setSafeAnswer(keep);
    exec();
}

void QuestionBox::answer()
{
    const auto chosen = std::find_if(m_deeds.cbegin(), m_deeds.cend(),
                                     [this](const auto& deed) { return deed.first == clickedButton(); });
    if (chosen == m_deeds.cend())
        return;
    const std::function<void()> deed = chosen->second; // it may close the window, and the box with it
    deed();
}

} // namespace claimcheck::ui
