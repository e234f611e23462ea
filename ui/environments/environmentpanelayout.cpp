// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the environment pane is laid out and wired.

#include <QtGui/qpainter.h>
#include <QtGui/qshortcut.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qcheckbox.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qlistwidget.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qstackedwidget.h>
#include <QtWidgets/qstyleditemdelegate.h>

#include <base/text.h>
#include <theme/banner.h>
#include <theme/chevronbox.h>
#include <theme/theme.h>
#include <theme/widgets.h>

#include "environmentpaneprivate.h"

namespace claimcheck::ui {
namespace {

constexpr int listWidth = 240;
constexpr int fieldWidth = 200;

/// Rows of the house's height, their text under the list's title.
class RowDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(option.rect, colour(Role::Selection));
        QStyleOptionViewItem inner = option;
        inner.state &= ~(QStyle::State_Selected | QStyle::State_MouseOver | QStyle::State_HasFocus);
        inner.rect.adjust(space::inset, 0, 0, 0);
        if (index.data(unsavedRole).toBool()) {
            inner.rect.setRight(inner.rect.right() - space::small);
            drawUnsavedMark(painter, inner.rect);
            inner.rect.setRight(inner.rect.right() - unsavedMark - space::tiny);
        }
        QStyledItemDelegate::paint(painter, inner, index);
    }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        return {QStyledItemDelegate::sizeHint(option, index).width() + space::inset, space::row};
    }
};

/// A caption over its field.
QWidget* captioned(const QString& caption, QWidget* field)
{
    auto* part = new QWidget;
    part->setMaximumWidth(field->maximumWidth()); // the row's rest is not between the fields
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::tiny);
    QLabel* label = captionLabel(caption);
    label->setBuddy(field);
    column->addWidget(label);
    column->addWidget(field);
    return part;
}

} // namespace

void EnvironmentPane::Private::makePages()
{
    pages = new QStackedWidget;
    auto* work = new QWidget;
    auto* row = new QHBoxLayout(work);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(makeList());
    row->addWidget(new Hairline(Qt::Vertical));
    form = makeForm();
    row->addWidget(form, 1);
    row->addStretch(0);
    pages->addWidget(makeEmptyPage());
    pages->addWidget(work);
    auto* column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(pages);
}

QWidget* EnvironmentPane::Private::makeEmptyPage()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(space::large, space::large, space::large, space::large);
    column->setSpacing(space::medium);
    column->addWidget(pageTitle(EnvironmentPane::tr("Environments")));
    column->addWidget(mutedLabel(EnvironmentPane::tr("An environment is a set of variables of a collection: "
                                                     "hosts, users, secrets. No collection is open.")));
    QPushButton* open =
        pushButton(EnvironmentPane::tr("Open a collection"), QStringLiteral("openForEnvironments"));
    column->addWidget(open, 0, Qt::AlignLeft);
    column->addStretch(1);
    QObject::connect(open, &QPushButton::clicked, pane, &EnvironmentPane::openRequested);
    return page;
}

QWidget* EnvironmentPane::Private::makeList()
{
    auto* side = new QWidget;
    setKind(side, "raised");
    side->setFixedWidth(listWidth);
    list = new QListWidget;
    setKind(list, "raised");
    list->setFrameShape(QFrame::NoFrame);
    list->setItemDelegate(new RowDelegate(list));
    setNames(list, QStringLiteral("environmentList"), EnvironmentPane::tr("Environments"));
    auto* head = new QHBoxLayout;
    head->setContentsMargins(space::large, space::tiny, space::small, 0);
    head->addWidget(sectionTitle(EnvironmentPane::tr("Environments")), 1);
    QToolButton* add = flatButton(QStringLiteral("plus"), EnvironmentPane::tr("New environment"),
                                  QStringLiteral("newEnvironment"));
    head->addWidget(add);
    none = captionLabel(EnvironmentPane::tr("None yet. An environment is a set of variables: hosts, users, "
                                            "secrets. Requests take those of the one chosen at the top."));
    none->setObjectName(QStringLiteral("noEnvironments"));
    none->setWordWrap(true);
    none->setContentsMargins(space::large, space::small, space::large, space::small);
    undo = linkButton(EnvironmentPane::tr("Undo"), QStringLiteral("undoDelete"));
    undo->hide();
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, space::small);
    column->setSpacing(space::tiny);
    column->addLayout(head);
    column->addWidget(none);
    column->addWidget(list, 1);
    column->addWidget(undo, 0, Qt::AlignHCenter);
    QObject::connect(add, &QToolButton::clicked, pane, &EnvironmentPane::newRequested);
    QObject::connect(undo, &QPushButton::clicked, pane, &EnvironmentPane::undoRequested);
    return side;
}

QWidget* EnvironmentPane::Private::makeFields()
{
    name = new QLineEdit;
    name->setMaximumWidth(fieldWidth);
    setNames(name, QStringLiteral("environmentName"), EnvironmentPane::tr("Name"));
    extended = new ChevronBox;
    extended->setMinimumWidth(fieldWidth * 3 / 4);
    setNames(extended, QStringLiteral("environmentExtends"), EnvironmentPane::tr("Adds to"));
    dotEnv = new QLineEdit;
    dotEnv->setPlaceholderText(QStringLiteral(".env"));
    dotEnv->setMaximumWidth(fieldWidth);
    dotEnv->setToolTip(EnvironmentPane::tr("A file inside the collection's folder. Keep it out of Git."));
    setNames(dotEnv, QStringLiteral("environmentDotEnv"), EnvironmentPane::tr(".env file"));
    auto* fields = new QWidget;
    auto* row = new QHBoxLayout(fields);
    row->setContentsMargins(space::large, space::medium, space::large, space::medium);
    row->setSpacing(space::medium);
    row->addWidget(captioned(EnvironmentPane::tr("Name"), name), 6);
    row->addWidget(captioned(EnvironmentPane::tr("Adds to"), extended));
    row->addWidget(captioned(EnvironmentPane::tr(".env file"), dotEnv), 3);
    row->addStretch(1); // least of all where there is little
    reveal = flatButton(QStringLiteral("eye"), EnvironmentPane::tr("Show secret values"),
                        QStringLiteral("revealSecrets"));
    reveal->setCheckable(true);
    row->addWidget(reveal, 0, Qt::AlignBottom);
    return fields;
}

QWidget* EnvironmentPane::Private::makeForm()
{
    auto* part = new QWidget;
    table = new VariableTable(&model);
    banner = new Banner;
    banner->setObjectName(QStringLiteral("environmentBanner"));
    banner->hide();
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeFields());
    column->addWidget(banner);
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addWidget(table, 1);
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addWidget(makeFooter());
    return part;
}

QWidget* EnvironmentPane::Private::makeFooter()
{
    inKeychain = new QCheckBox(EnvironmentPane::tr("Keep values of secrets in the keychain"));
    inKeychain->setObjectName(QStringLiteral("secretsInKeychain"));
    inKeychain->setChecked(true);
    note = captionLabel();
    note->setWordWrap(true);
    note->setObjectName(QStringLiteral("keychainNote"));
    QPushButton* duplicate =
        pushButton(EnvironmentPane::tr("Duplicate"), QStringLiteral("duplicateEnvironment"));
    QPushButton* remove = pushButton(EnvironmentPane::tr("Delete"), QStringLiteral("deleteEnvironment"));
    revert = pushButton(EnvironmentPane::tr("Revert"), QStringLiteral("revertEnvironment"));
    save = primaryButton(EnvironmentPane::tr("Save"), QStringLiteral("saveEnvironment"));
    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(space::large, space::small, space::large, space::small);
    column->setSpacing(space::small);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::small);
    column->addWidget(inKeychain);
    column->addWidget(note);
    column->addLayout(row);
    row->addStretch(1);
    for (QPushButton* button : {duplicate, remove, revert, save})
        row->addWidget(button);
    QObject::connect(duplicate, &QPushButton::clicked, pane,
                     [this] { Q_EMIT pane->duplicateRequested(toQString(path)); });
    QObject::connect(remove, &QPushButton::clicked, pane,
                     [this] { Q_EMIT pane->deleteRequested(toQString(path)); });
    return part;
}

void EnvironmentPane::Private::connectAll()
{
    QObject::connect(list, &QListWidget::currentItemChanged, pane, [this](QListWidgetItem* item) {
        if (item != nullptr)
            show(toUtf8(item->data(Qt::UserRole).toString()));
    });
    QObject::connect(&model, &EnvironmentModel::edited, pane, [this] { takeEdit(); });
    for (QLineEdit* field : {name, dotEnv})
        QObject::connect(field, &QLineEdit::textEdited, pane, [this] { takeEdit(); });
    QObject::connect(extended, &QComboBox::activated, pane, [this] { takeEdit(); });
    QObject::connect(reveal, &QToolButton::toggled, pane, [this](bool on) {
        model.setReveal(on);
        reveal->setIcon(icon(on ? QStringLiteral("eye-off") : QStringLiteral("eye")));
    });
    QObject::connect(revert, &QPushButton::clicked, pane, [this] {
        unsaved.erase(path);
        show(path);
        markList();
        Q_EMIT pane->changed();
    });
    QObject::connect(save, &QPushButton::clicked, pane, [this] { requestSave(); });
    QObject::connect(table, &VariableTable::processAllowed, pane, &EnvironmentPane::processAllowed);
    auto* shortcut = new QShortcut(QKeySequence(Qt::Key_F2), list, nullptr, nullptr, Qt::WidgetShortcut);
    QObject::connect(shortcut, &QShortcut::activated, pane, &EnvironmentPane::editName);
}

} // namespace claimcheck::ui
