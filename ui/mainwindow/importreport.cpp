// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include <mainwindow/importreport.h>

#include <algorithm>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qdialog.h>
#include <QtWidgets/qheaderview.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qstyleditemdelegate.h>
#include <QtWidgets/qtreewidget.h>

#include <base/text.h>
#include <state/plaintip.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int reportWidth = 860;
constexpr int reportHeight = 420;
constexpr int whereWidth = 200;
constexpr int whatWidth = 320;

QString shown(const std::string& text)
{
    return toQString(visible(text));
}

/// Breaks a text at the width of its column. A tree asks how high a row is without saying how wide.
class BrokenText : public QStyledItemDelegate
{
public:
    explicit BrokenText(QTreeWidget* list) : QStyledItemDelegate(list), m_list(list) {}

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyleOptionViewItem inner = option;
        inner.rect = QRect(0, 0, m_list->columnWidth(index.column()), space::row);
        const QSize text = QStyledItemDelegate::sizeHint(inner, index);
        return {text.width(), std::max(text.height() + 2 * space::tiny, space::row)};
    }

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->features |= QStyleOptionViewItem::WrapText;
    }

private:
    QTreeWidget* m_list;
};

QTreeWidget* makeList(const interop::Written& written)
{
    auto* list = new QTreeWidget;
    setNames(list, QStringLiteral("importLeftOut"), QObject::tr("What was left out"));
    list->setHeaderLabels({QObject::tr("Where"), QObject::tr("What"), QObject::tr("Why")});
    list->setRootIsDecorated(false);
    list->setItemDelegate(new BrokenText(list));
    list->setWordWrap(true);
    list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    // Queued: a column takes its width in the middle of a layout, too.
    QObject::connect(list->header(), &QHeaderView::sectionResized, list, &QTreeWidget::doItemsLayout,
                     Qt::QueuedConnection);
    list->setColumnWidth(0, whereWidth);
    list->setColumnWidth(1, whatWidth);
    for (const interop::Omission& omission : written.leftOut) {
        auto* row = new QTreeWidgetItem(
            list, QStringList{shown(omission.where), shown(omission.what), shown(omission.why)});
        for (int column = 0; column < 3; ++column)
            row->setToolTip(column, plainTip(row->text(column)));
    }
    return list;
}

} // namespace

void showImportReport(const interop::Written& written, QWidget* parent)
{
    auto* dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("importReport"));
    dialog->setWindowTitle(QObject::tr("Imported"));
    auto* column = new QVBoxLayout(dialog);
    column->setContentsMargins(space::large, space::large, space::large, space::large);
    column->setSpacing(space::medium);
    const QString counts = QObject::tr("Requests: %1, folders: %2, environments: %3. They are in %4")
                               .arg(written.requests)
                               .arg(written.folders)
                               .arg(written.environments)
                               .arg(shown(written.directory));
    auto* summary = new QLabel(counts);
    summary->setTextFormat(Qt::PlainText);
    summary->setWordWrap(true);
    column->addWidget(summary);
    if (!written.leftOut.empty()) {
        column->addWidget(mutedLabel(QObject::tr("Not carried over, or not as it was:")));
        column->addWidget(makeList(written), 1);
        dialog->resize(reportWidth, reportHeight);
    }
    QPushButton* close = primaryButton(QObject::tr("Close"), QStringLiteral("closeReport"));
    QObject::connect(close, &QPushButton::clicked, dialog, &QDialog::accept);
    column->addWidget(close, 0, Qt::AlignRight);
    dialog->open();
}

} // namespace claimcheck::ui
