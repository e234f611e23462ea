// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <response/bodybar.h>

#include <QtGui/qstandarditemmodel.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qlineedit.h>

#include <theme/chevronbox.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

QToolButton* arrow(Qt::ArrowType type, const QString& what, const QString& objectName)
{
    QToolButton* button = flatButton(QStringLiteral("chevron-down"), what, objectName);
    button->setIcon({});
    button->setArrowType(type);
    button->hide();
    return button;
}

} // namespace

BodyBar::BodyBar(QWidget* parent)
    : QWidget(parent),
      m_search(new QLineEdit),
      m_count(captionLabel()),
      m_previous(arrow(Qt::UpArrow, tr("Previous match (Shift+Return)"), QStringLiteral("previousMatch"))),
      m_next(arrow(Qt::DownArrow, tr("Next match (Return)"), QStringLiteral("nextMatch"))),
      m_form(new ChevronBox)
{
    makeSearch();
    auto* copy = flatButton(QStringLiteral("copy"), tr("Copy body"), QStringLiteral("copyBody"));
    auto* save = flatButton(QStringLiteral("save"), tr("Save body to a file"), QStringLiteral("saveBody"));
    setKind(m_form, "bare");
    setNames(m_form, QStringLiteral("bodyForm"), tr("Form of the body"));
    m_form->addItems({tr("Pretty"), tr("Raw"), tr("Hex"), tr("Picture")});
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::small, space::tiny, space::small, space::tiny);
    row->setSpacing(space::tiny);
    for (QWidget* widget :
         std::initializer_list<QWidget*>{m_search, m_count, m_previous, m_next, copy, save, m_form})
        row->addWidget(widget, widget == m_search ? 1 : 0);
    connect(copy, &QToolButton::clicked, this, &BodyBar::copyRequested);
    connect(save, &QToolButton::clicked, this, &BodyBar::saveRequested);
    connect(m_form, &QComboBox::currentIndexChanged, this, [this] { Q_EMIT formChosen(form()); });
}

void BodyBar::makeSearch()
{
    setKind(m_search, "bare");
    setNames(m_search, QStringLiteral("bodySearch"), tr("Find in body"));
    m_search->setPlaceholderText(tr("Find in body"));
    m_search->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_count->setObjectName(QStringLiteral("bodyMatches"));
    auto* back = new QAction(m_search);
    back->setShortcut(QKeySequence(Qt::SHIFT | Qt::Key_Return));
    back->setShortcutContext(Qt::WidgetShortcut);
    m_search->addAction(back);
    connect(back, &QAction::triggered, this, [this] { Q_EMIT stepped(-1); });
    connect(m_search, &QLineEdit::textChanged, this, &BodyBar::needleChanged);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { Q_EMIT stepped(1); });
    connect(m_previous, &QToolButton::clicked, this, [this] { Q_EMIT stepped(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { Q_EMIT stepped(1); });
}

void BodyBar::setForms(const std::set<BodyForm>& possible, BodyForm current)
{
    const QSignalBlocker quiet(m_form);
    auto* model = qobject_cast<QStandardItemModel*>(m_form->model());
    for (int index = 0; index < m_form->count(); ++index)
        model->item(index)->setEnabled(possible.contains(static_cast<BodyForm>(index)));
    m_form->setCurrentIndex(static_cast<int>(current));
    m_form->setEnabled(possible.size() > 1);
}

BodyForm BodyBar::form() const
{
    return static_cast<BodyForm>(m_form->currentIndex());
}

QString BodyBar::needle() const
{
    return m_search->text();
}

void BodyBar::showMatch(std::size_t current, std::size_t count, bool more)
{
    m_previous->setVisible(count > 0);
    m_next->setVisible(count > 0);
    if (needle().isEmpty())
        m_count->clear();
    else
        m_count->setText(
            count > 0
                ? tr("%1 of %2%3").arg(current + 1).arg(count).arg(more ? QStringLiteral("+") : QString())
                : tr("Not found"));
}

void BodyBar::focusSearch()
{
    m_search->setFocus();
    m_search->selectAll();
}

} // namespace claimcheck::ui
