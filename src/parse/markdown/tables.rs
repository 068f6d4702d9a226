//! Tables: every row has as many cells as the head. Markdown itself drops what is too much and fills what is missing.

use std::ops::Range;

use pulldown_cmark::{Alignment as Column, Event, Tag};

use super::empty::says_nothing;
use super::{Reader, plain};
use crate::diag::Code;
use crate::model::body::{Alignment, Block, Inline, Table};

impl Reader<'_, '_> {
    pub(super) fn table(&mut self, columns: &[Column], depth: usize) -> Block {
        let mut table = Table { alignment: columns.iter().copied().map(alignment).collect(), ..Table::default() };
        while !self.at_end() {
            match self.events.step() {
                Some((Event::Start(Tag::TableHead), range)) => table.head = self.cells(range, depth),
                Some((Event::Start(Tag::TableRow), range)) => {
                    let (before, place) = (self.sink.count(), self.span_of(&range));
                    let row = self.cells(range, depth);
                    self.tell_empty("row", row.iter().all(|cell| says_nothing(cell)), before, place);
                    table.rows.push(row);
                }
                _ => continue,
            }
            self.close();
        }
        Block::Table(Box::new(table))
    }

    fn cells(&mut self, row: Range<usize>, depth: usize) -> Vec<Vec<Inline>> {
        let (mut cells, mut written, mut end) = (Vec::new(), 0, row.start);
        while !self.at_end() {
            if let Some((Event::Start(Tag::TableCell), range)) = self.events.step() {
                // A cell that was filled in stands behind the line.
                if range.start < row.end || range.end > range.start {
                    (written, end) = (written + 1, range.end);
                }
                let cell = self.run(depth);
                self.mark_alone(&cell);
                cells.push(cell);
                self.close();
            }
        }
        if !self.same_cells(written, cells.len(), end.min(row.end)..row.end, row) {
            // The halves of code that a bar cut in two are not told once more.
            cells.iter_mut().filter(|cell| plain(cell).contains('`')).for_each(Vec::clear);
        }
        cells
    }

    /// Whether a row has as many cells as the head; else that is reported. What is too much begins at `rest`.
    fn same_cells(&mut self, written: usize, wanted: usize, rest: Range<usize>, row: Range<usize>) -> bool {
        let behind = self.prepared.text[rest.clone()].trim_end();
        let more = behind.trim_start().strip_prefix('|').unwrap_or(behind).trim();
        let (range, headline) = if !more.is_empty() {
            let start = rest.start + behind.len() - more.len();
            (start..start + more.len(), format!("this stands behind the last of the {wanted} cells that the head has"))
        } else if written < wanted {
            (row, format!("this row has {written} of the {wanted} cells that the head has"))
        } else {
            return true;
        };
        let place = self.first_line(self.span_of(&range));
        if self.prepared.text[range.clone()].contains('｜') {
            let headline = "`｜` in this row is a full-width bar, so it parts no cells";
            self.refuse(Code::TableCells, place, headline, "write half-width bars `|`");
            return false;
        }
        let help = "give every row as many cells as the head; a `|` that is no border is written `\\|`, also between backticks";
        self.refuse(Code::TableCells, place, &headline, help);
        false
    }
}

fn alignment(column: Column) -> Option<Alignment> {
    match column {
        Column::None => None,
        Column::Left => Some(Alignment::Start),
        Column::Center => Some(Alignment::Center),
        Column::Right => Some(Alignment::End),
    }
}
