// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/rulebox.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qformlayout.h>
#include <QtWidgets/qlineedit.h>

#include <base/text.h>
#include <state/requestproblems.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {

RuleBox::RuleBox(const QString& objectName, const QString& title, QWidget* parent)
    : QWidget(parent), m_form(new QFormLayout), m_column(new QVBoxLayout(this)), m_problem(plainLabel())
{
    setNames(m_problem, objectName, title);
    setKind(m_problem, "bad");
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setHorizontalSpacing(space::large);
    m_form->setVerticalSpacing(space::small);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(space::small);
    m_column->addLayout(m_form);
    m_column->addWidget(m_problem);
}

QWidget* RuleBox::makeFileLine(QLineEdit* field, FileUse use, const QString& buttonName,
                               const QString& buttonTitle)
{
    field->setFont(monoFont());
    auto* choose = flatButton(QStringLiteral("file"), buttonTitle, buttonName);
    connect(field, &QLineEdit::editingFinished, this, &RuleBox::commit);
    connect(choose, &QToolButton::clicked, this, [this, field, use] {
        if (const auto chosen = chooseCollectionFile(this, directory(), use)) {
            field->setText(toQString(*chosen));
            commit();
        }
    });
    auto* line = new QWidget;
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::tiny);
    row->addWidget(field, 1);
    row->addWidget(choose);
    return line;
}

std::string RuleBox::fileIn(const QLineEdit* field) const
{
    return asInCollection(directory(), std::string(trimmed(toUtf8(field->text()))));
}

bool RuleBox::check()
{
    showProblem(problem());
    return !hasProblem();
}

void RuleBox::say(const Error& error)
{
    showProblem(problemText(error));
}

void RuleBox::showProblem(const QString& text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

bool RuleBox::hasProblem() const
{
    return !m_problem->text().isEmpty();
}

} // namespace claimcheck::ui
